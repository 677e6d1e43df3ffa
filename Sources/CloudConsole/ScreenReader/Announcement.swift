import CloudChanges
import CloudViewModels
import TerminalUI

/// The announcement of a change of the screen to a user who doesn't see it: complete, and without repetition.
enum Announcement {
  /// - Parameter heard: the notices announced before: one may reappear when the notice over it is gone.
  /// - Returns: the text; `nil` if no change is worth announcing.
  static func text(from old: Screen?, to new: Screen, heard: Set<Notice> = []) -> String? {
    let notice = new.notice.flatMap { heard.contains($0) ? nil : $0.text }
    let said = new.dialogs.isEmpty ? pane(from: old, to: new, notice) : dialog(from: old, to: new, notice)
    return said.isEmpty ? nil : sentences(said)
  }

  private static func dialog(from old: Screen?, to new: Screen, _ notice: String?) -> [String] {
    let dialogs = new.dialogs
    guard let dialog = dialogs.last else { return [] }
    let notices = [notice].compactMap { $0 }
    guard let before = old?.dialogs.last, old?.dialogs.count == dialogs.count, before.title == dialog.title else {
      let said = dialog.speech.all
      let title = said.first?.hasPrefix(dialog.title) == true ? "" : dialog.title
      return notices + spoken([title] + said)
    }
    let said = spoken(dialog.speech.new(since: before.speech))
    // The dialog's remark and the notice report the same outcome: one of them is enough.
    if !dialog.speech.newRemarks(since: before.speech).isEmpty { return said }
    if said.isEmpty, notices.isEmpty, dialog.trailingTitle != before.trailingTitle {
      return spoken([dialog.trailingTitle])
    }
    return notices + said
  }

  private static func spoken(_ texts: [String]) -> [String] {
    texts.map { LinearText.spoken($0) }
  }

  /// Joins texts as sentences, leaving out a text that an earlier one already ends with.
  private static func sentences(_ texts: [String]) -> String {
    var said: [String] = []
    for text in texts where !text.isEmpty && !said.contains(where: { $0.hasSuffix(text) }) {
      if let last = said.last, last.last?.isPunctuation != true { said[said.count - 1] += "." }
      said.append(text)
    }
    return said.joined(separator: " ")
  }

  private static func focusedPane(of screen: Screen) -> PaneContent? {
    screen.panes.values.first { $0.isFocused }
  }

  private static func pane(from old: Screen?, to new: Screen, _ notice: String?) -> [String] {
    let pane = focusedPane(of: new)
    guard let old else { return [notice, pane.map { arrival(at: $0, in: new) }].compactMap { $0 } }
    if notice == nil, !old.dialogs.isEmpty {
      if let pane, let before = focusedPane(of: old), before.number == pane.number,
        let sorted = order(from: before, to: pane)
      {
        return [sorted]
      }
      return ["Closed."] + [pane.map { arrival(at: $0, in: new) }].compactMap { $0 }
    }
    guard let pane else { return [notice].compactMap { $0 } }
    guard let before = focusedPane(of: old), before.number == pane.number else {
      return [notice, arrival(at: pane, in: new)].compactMap { $0 }
    }
    let change = change(from: before, to: pane, in: new)
    // A reload after a write is no news, and would drown the announcement of the write's outcome.
    return [notice, change ?? (new.notice == nil ? reading(from: before, to: pane) : nil)].compactMap { $0 }
  }

  /// The text for a list that was reloaded without changes.
  private static func reading(from before: PaneContent, to pane: PaneContent) -> String? {
    guard let old = before.status.asOf, let asOf = pane.status.asOf, old != asOf else { return nil }
    return "Read again, \(LinearText.count(pane))."
  }

  /// The text for a pane that gets the focus: `Users of Haussmann Tower, 48 rows. Row 1 of 48.`, or why there are no
  /// rows.
  private static func arrival(at pane: PaneContent, in screen: Screen) -> String {
    let message = pane.rowCount == 0 ? PaneView(content: pane, now: screen.now, isWide: true).message?.text : nil
    let end = (message ?? LinearText.position(pane).map { "\($0)." }).map { " " + LinearText.spoken($0) } ?? ""
    guard pane.status.asOf != nil || pane.totalCount > 0 else { return "\(LinearText.title(pane)).\(end)" }
    return "\(LinearText.title(pane)), \(LinearText.count(pane)).\(end)"
  }

  /// The text for rows that were sorted differently.
  private static func order(from before: PaneContent, to pane: PaneContent) -> String? {
    pane.order == before.order ? nil : LinearText.order(pane).map { "Sorted \($0)." } ?? "Sorted as a tree."
  }

  private static func change(from before: PaneContent, to pane: PaneContent, in screen: Screen) -> String? {
    if pane.prompt != nil, before.prompt == nil { return "Type to filter \(pane.title.lowercased())." }
    let isFirstAnswer = before.status.asOf == nil && pane.status.asOf != nil
    if pane.scope != before.scope || isFirstAnswer { return arrival(at: pane, in: screen) }
    if let sorted = order(from: before, to: pane) { return sorted }
    // Only the error is compared: the time of the next try differs after each failure.
    if let error = pane.status.failure?.error, error != before.status.failure?.error { return error.sentence }
    // Arriving rows are counted once all are there.
    if pane.status.isPartial != before.status.isPartial {
      return pane.status.isPartial ? nil : "\(LinearText.count(pane))."
    }
    let isArriving = pane.status.isPartial && pane.status.loadingSince != nil
    if pane.filter.text != before.filter.text
      || !isArriving && (pane.rowCount != before.rowCount || pane.totalCount != before.totalCount)
    {
      return "\(LinearText.count(pane))."
    }
    if pane.prompt == nil, before.prompt != nil { return arrival(at: pane, in: screen) }
    if pane.markedCount != before.markedCount {
      let marks = LinearText.marks(pane) ?? "Nothing marked"
      return [marks, LinearText.position(pane)].compactMap { $0 }.map { "\($0)." }.joined(separator: " ")
    }
    if pane.selectedRow != before.selectedRow { return LinearText.position(pane).map { "\($0)." } }
    return nil
  }
}

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
