import CloudChanges
import CloudViewModels
import TerminalUI

/// Decides which commands are available, which records each acts on, and why the others are unavailable.
@MainActor
final class CommandRules {
  private let panes: Panes
  private let display: Display
  private let keymap: Keymap
  /// Whether the user can switch to other services.
  private let hasServices: Bool

  init(panes: Panes, display: Display, keymap: Keymap, hasServices: Bool) {
    self.panes = panes
    self.display = display
    self.keymap = keymap
    self.hasServices = hasServices
  }

  private var workspace: Workspace { panes.workspace }
  private var table: any TableModel { panes.table }

  /// The reason why a command is unavailable; `nil` if it is available.
  ///
  /// - Parameter subject: the records that it acts on; by default the marked ones, if there are any.
  func refusal(of command: Command, about subject: CommandSubject? = nil) -> String? {
    reason(against: command, about: subject ?? table.subject).map(keymap.withKeys)
  }

  /// The message if a record has just disappeared from under the cursor, so that the command may have been meant for
  /// it; otherwise `nil`.
  func goneJustNow(under command: Command, about subject: CommandSubject) -> String? {
    tableActedOn(by: command, about: subject)?.goneJustNow
  }

  /// The number of marked records that a command acts on; 0 if it doesn't act on marked records.
  func markedCount(for command: Command) -> Int {
    if command == .invite { return panes.showsPeople || table === workspace.clouds ? table.markedCount : 0 }
    guard let intent = command.intent, intent != .open, intent != .create else { return 0 }
    return table.markedCount
  }

  /// The subject of a command that acts on clouds but is also available in other panes.
  func cloudSubject(_ subject: CommandSubject) -> CommandSubject {
    table === workspace.clouds ? subject : .selected
  }

  /// The number of rows that a command moves the cursor by; `nil` for other commands.
  func rows(of command: Command) -> Int? {
    switch command {
    case .moveUp: -1
    case .moveDown: 1
    case .pageUp: -max(1, display.capacity - 1)
    case .pageDown: max(1, display.capacity - 1)
    default: nil
    }
  }

  /// The available keys, the likeliest for this pane, row and state first; the screen shows as many as fit.
  var hints: [KeyHint] {
    if panes.filterEditor != nil {
      let tab = panes.completion.map { _ in KeyHint("Tab", "complete") }
      return [
        KeyHint("Enter", "keep"), KeyHint("Esc", "clear"), tab, KeyHint("↑↓", "move"),
      ].compactMap { $0 }
    }
    let subject = table.subject
    var hints: [KeyHint] = []
    // Called for each frame: what has no room isn't asked about.
    var room = display.layout.hints.columns - 2
    let pane = table.names.plural
    for command in likely where room >= Self.leastHint {
      guard var hint = keymap.binding(of: command)?.hint(in: pane) else { continue }
      let marked = subject == .marked ? markedCount(for: command) : 0
      if marked > 0 { hint.label += " \(marked)" }
      let columns = hint.text.count
      guard columns <= room, reason(against: command, about: subject) == nil else { continue }
      hints.append(hint)
      room -= columns + 2
    }
    return isInTrouble ? hints + [KeyHint("skydeck doctor", "in a shell says more")] : hints
  }

  /// The columns of the shortest hint, `y copy`.
  private static let leastHint = 6

  /// The commands that are available and likely wanted in the focused pane, the likeliest first.
  var likelyHere: [Command] {
    let general: [Command] = [.palette, .help, .services, .log, .quit, .refresh, .zoom]
    return likely.filter { !general.contains($0) && reason(against: $0, about: table.subject) == nil }
  }

  /// Whether the focused list could not be read.
  private var isInTrouble: Bool { table.status.failure != nil }

  /// The commands that are likely wanted now, the likeliest first.
  private var likely: [Command] {
    if isInTrouble { return [.refresh, .services, .log, .help, .palette, .quit] }
    let isAboutClouds = panes.focus == 0
    let rest: [Command] = [.sort, .mark, .copy, .copyCommand, .zoom, .refresh, .services, .log, .quit]
    if table.markedCount > 0 {
      let inviting: [Command] = isAboutClouds || panes.showsPeople ? [.invite] : []
      return [.delete, .resend, .edit] + inviting
        + [.mark, .unmark, .invertMarks, .markAll, .palette, .help, .copy, .copyCommand, .sort, .zoom]
    }
    if panes.showsPeople { return [.open, .invite, .edit, .delete, .filter, .palette, .help] + rest }
    if table.rowCount == 0 {
      let clearing: [Command] = table.filter.isEmpty ? [] : [.back]
      return clearing + [.create, .invite, .refresh, .palette, .help, .services, .log, .quit]
    }
    if isAboutClouds {
      return [.create, .edit, .delete, .invite, .filter, .sizes, .palette, .help, .createDemo] + rest
    }
    // To create an invitation is to invite.
    let creating: [Command] = table === workspace.invitations ? [] : [.create]
    return creating + [.invite, .edit, .resend, .delete, .open, .filter, .palette, .help] + rest
  }

  /// The list whose selected row a command acts on or shows; `nil` if there is none.
  private func tableActedOn(by command: Command, about subject: CommandSubject) -> (any TableModel)? {
    switch command {
    case .invite: panes.showsPeople ? table : workspace.clouds
    case .create: table === workspace.invitations ? workspace.clouds : nil
    case .mark, .open, .copy: table
    case .edit, .editDocument, .delete, .resend, .createDemo, .copyCommand: subject == .selected ? table : nil
    default: nil
    }
  }

  /// The refusal. Command names in braces stand for their keys.
  private func reason(against command: Command, about subject: CommandSubject) -> String? {
    if command == .invite, panes.showsPeople { return workspace.people.inviteRefusal(about: subject) }
    if command == .invite || command == .create && table === workspace.invitations {
      return workspace.inviteRefusal(about: cloudSubject(subject))
    }
    if command == .focusProcessors, !workspace.hasProcessors {
      return "This service has no processors: its edition of the API is the current one."
    }
    if command == .zoom, panes.showsPeople { return "People fill the screen already." }
    if command == .zoom, !panes.isZoomed, display.layout.arrangement == .narrow {
      return "This window already shows a single pane."
    }
    if command == .services, !hasServices { return "There is no other service." }
    if command == .copy, table.selectedRow == nil { return "There is nothing to copy." }
    if command == .copyCommand, subject == .marked, let excess = table.actions.excessRefusal { return excess }
    if command == .export { return table.filterRefusal ?? table.exportRefusal }
    if command == .copyCommand, panes.context.lastCommand == nil, table.actions.command(about: subject) == nil {
      return "There is no command to copy yet."
    }
    if [.invertMarks, .markAll].contains(command), let refusal = table.filterRefusal { return refusal }
    if [.mark, .invertMarks, .markAll].contains(command), table.rowCount == 0 { return "There is no row to mark." }
    if command == .unmark, table.markedCount == 0 { return "Nothing is marked." }
    return command.intent.flatMap { table.actions.refusal(of: $0, about: subject) }
  }
}

extension Command {
  /// What the command does with the record under the cursor or with its list.
  var intent: RecordIntent? {
    switch self {
    case .open: .open
    case .create: .create
    case .edit: .edit
    case .editDocument: .editDocument
    case .delete: .delete
    case .resend: .resend
    case .createDemo: .createDemo
    default: nil
    }
  }

  /// Whether the command leads to a write.
  var writes: Bool { self == .invite || intent?.writes == true }
}
