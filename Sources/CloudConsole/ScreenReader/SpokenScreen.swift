import CloudViewModels

/// A screen drawn for a screen reader, with its announcement, which stays until the next one.
struct SpokenScreen {
  var screen: Screen
  let announcement: String
  /// The notices of this service that were announced.
  private let notices: Set<Notice>

  /// - Parameter last: the previous screen.
  init(_ screen: Screen, after last: SpokenScreen?) {
    // Each service numbers its notices from the start.
    let heard = last.map { $0.screen.header.service == screen.header.service ? $0.notices : [] } ?? []
    announcement = Announcement.text(from: last?.screen, to: screen, heard: heard) ?? last?.announcement ?? ""
    notices = heard.union([screen.notice].compactMap { $0 })
    self.screen = screen
    self.screen.announcement = announcement
  }
}
