import CloudViewModels

/// A screen that was drawn for a screen reader, and what is said of it. That stays until there is something else to say.
struct SpokenScreen {
  var screen: Screen
  let announcement: String
  /// The messages of this service that were said.
  private let notices: Set<Notice>

  /// - Parameter last: the one before it.
  init(_ screen: Screen, after last: SpokenScreen?) {
    // Another service counts its messages anew.
    let heard = last.map { $0.screen.header.service == screen.header.service ? $0.notices : [] } ?? []
    announcement = Announcement.text(from: last?.screen, to: screen, heard: heard) ?? last?.announcement ?? ""
    notices = heard.union([screen.notice].compactMap { $0 })
    self.screen = screen
    self.screen.announcement = announcement
  }
}
