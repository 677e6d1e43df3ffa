import CloudViewModels
import TerminalUI

/// What a person who doesn't see the screen is told of a change to it: the one thing that matters most.
enum Announcement {
  /// - Returns: `nil` where nothing changed that is worth a word.
  static func text(from old: Screen?, to new: Screen) -> String? {
    guard let old else { return focusedPane(of: new).map(arrival) }
    if let text = dialogs(from: old, to: new) { return text }
    if let notice = new.notice, notice != old.notice { return notice.text }
    guard new.dialogs.isEmpty, let pane = focusedPane(of: new) else { return nil }
    guard let before = focusedPane(of: old), before.number == pane.number else { return arrival(at: pane) }
    return change(from: before, to: pane)
  }

  private static func focusedPane(of screen: Screen) -> PaneContent? {
    screen.panes.values.first { $0.isFocused }
  }

  /// `Users of Haussmann Tower, 48 rows. Row 1 of 48.`
  private static func arrival(at pane: PaneContent) -> String {
    guard pane.status.asOf != nil || pane.totalCount > 0 else { return "\(LinearText.title(pane))." }
    let position = LinearText.position(pane).map { " \($0)." } ?? ""
    return "\(LinearText.title(pane)), \(LinearText.count(pane)).\(position)"
  }

  private static func dialogs(from old: Screen, to new: Screen) -> String? {
    guard let dialog = new.dialogs.last else {
      return old.dialogs.isEmpty
        ? nil : new.notice.map(\.text) ?? focusedPane(of: new).map { "Closed. \(arrival(at: $0))" }
    }
    guard let before = old.dialogs.last, old.dialogs.count == new.dialogs.count, before.title == dialog.title else {
      let line = focusedLine(of: dialog).map { " \($0)" } ?? ""
      return dialog.title + (dialog.title.last?.isPunctuation == true ? "" : ".") + line
    }
    let line = focusedLine(of: dialog)
    if line != focusedLine(of: before), !isTyping(in: dialog, after: before) { return line }
    if dialog.footer != before.footer { return LinearText.keys(dialog.footer, columns: 80, textWidth: .builtIn) }
    return dialog.trailingTitle == before.trailingTitle ? nil : dialog.trailingTitle
  }

  /// What is typed is heard as it is typed: the cursor is there.
  private static func isTyping(in dialog: DialogContent, after before: DialogContent) -> Bool {
    guard let row = dialog.cursor?.row, row == before.cursor?.row else { return false }
    return row == dialog.focusedLine ?? row
  }

  private static func focusedLine(of dialog: DialogContent) -> String? {
    guard let index = dialog.focusedLine ?? dialog.cursor?.row, dialog.lines.indices.contains(index) else { return nil }
    let text = LinearText.line(dialog.lines[index])
    return text.isEmpty ? nil : text
  }

  private static func change(from before: PaneContent, to pane: PaneContent) -> String? {
    if pane.prompt != nil, before.prompt == nil { return "Type to filter \(pane.title.lowercased())." }
    let isFirstAnswer = before.status.asOf == nil && pane.status.asOf != nil
    if pane.scope != before.scope || isFirstAnswer { return arrival(at: pane) }
    if pane.order != before.order { return LinearText.order(pane).map { "Sorted \($0)." } }
    if pane.status.failure != before.status.failure, let failure = pane.status.failure { return failure.error.sentence }
    // Rows that are still arriving are counted when all are there.
    if pane.status.isPartial != before.status.isPartial {
      return pane.status.isPartial ? nil : "\(LinearText.count(pane))."
    }
    let isArriving = pane.status.isPartial && pane.status.loadingSince != nil
    if pane.filter != before.filter
      || !isArriving && (pane.rowCount != before.rowCount || pane.totalCount != before.totalCount)
    {
      return "\(LinearText.count(pane))."
    }
    if pane.prompt == nil, before.prompt != nil { return arrival(at: pane) }
    if pane.markedCount != before.markedCount {
      let marks = LinearText.marks(pane) ?? "Nothing marked"
      return [marks, LinearText.position(pane)].compactMap { $0 }.map { "\($0)." }.joined(separator: " ")
    }
    if pane.selectedRow != before.selectedRow { return LinearText.position(pane).map { "\($0)." } }
    return nil
  }
}
