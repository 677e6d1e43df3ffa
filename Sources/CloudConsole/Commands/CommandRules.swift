import CloudChanges
import CloudViewModels
import TerminalUI

/// Which commands can be carried out here and now, why the others can't, and what each is about.
@MainActor
final class CommandRules {
  private let panes: Panes
  private let display: Display
  private let keymap: Keymap
  /// Whether there are other services to go to.
  private let hasServices: Bool

  init(panes: Panes, display: Display, keymap: Keymap, hasServices: Bool) {
    self.panes = panes
    self.display = display
    self.keymap = keymap
    self.hasServices = hasServices
  }

  private var workspace: Workspace { panes.workspace }
  private var table: any TableModel { panes.table }

  /// Why a command can't be carried out here and now; `nil` where it can.
  ///
  /// - Parameter subject: which records it is about; unless given, the marked ones where there are any.
  func refusal(of command: Command, about subject: CommandSubject? = nil) -> String? {
    reason(against: command, about: subject ?? table.subject).map(keymap.withKeys)
  }

  /// What went from under the cursor so lately that the command may have been meant for it; `nil` where nothing did.
  func goneJustNow(under command: Command, about subject: CommandSubject) -> String? {
    tableActedOn(by: command, about: subject)?.goneJustNow
  }

  /// How many marked records a command is about now; 0 where it is about something else.
  func markedCount(for command: Command) -> Int {
    guard let intent = command.intent, intent != .open, intent != .create else { return 0 }
    return table.markedCount
  }

  /// Which of the clouds a command is about that other panes offer, too.
  func cloudSubject(_ subject: CommandSubject) -> CommandSubject {
    table === workspace.clouds ? subject : .selected
  }

  /// How many rows a command moves the cursor by; `nil` for one that does something else.
  func rows(of command: Command) -> Int? {
    switch command {
    case .moveUp: -1
    case .moveDown: 1
    case .pageUp: -max(1, display.capacity - 1)
    case .pageDown: max(1, display.capacity - 1)
    default: nil
    }
  }

  /// The likeliest keys for this pane and row, those that work.
  var hints: [Screen.Hint] {
    if panes.filterEditor != nil {
      return [
        Screen.Hint(keys: "Enter", label: "keep"), Screen.Hint(keys: "Esc", label: "clear"),
        Screen.Hint(keys: "↑↓", label: "move"),
      ]
    }
    let likely: [Command] =
      table.markedCount > 0
      ? [.delete, .resend, .edit, .mark, .unmark, .invertMarks, .markAll, .palette, .help]
      : panes.focus == 0
        ? [.create, .edit, .delete, .invite, .filter, .sizes, .palette, .help]
        : [.create, .invite, .edit, .resend, .delete, .open, .filter, .palette, .help]
    let subject = table.subject
    return likely.compactMap { command in
      guard reason(against: command, about: subject) == nil, let binding = keymap.binding(of: command),
        let key = binding.keys.first
      else { return nil }
      let marked = subject == .marked ? markedCount(for: command) : 0
      return Screen.Hint(keys: key.title, label: binding.label + (marked > 0 ? " \(marked)" : ""))
    }
  }

  /// The list whose row under the cursor a command does something to or shows; `nil` where it is about none.
  private func tableActedOn(by command: Command, about subject: CommandSubject) -> (any TableModel)? {
    switch command {
    case .invite: workspace.clouds
    case .create: table === workspace.invitations ? workspace.clouds : nil
    case .mark, .open, .copy: table
    case .edit, .editDocument, .delete, .resend, .createDemo, .copyCommand: subject == .selected ? table : nil
    default: nil
    }
  }

  /// The refusal, with commands' names in braces for their keys.
  private func reason(against command: Command, about subject: CommandSubject) -> String? {
    if command == .invite || command == .create && table === workspace.invitations {
      return workspace.inviteRefusal(about: cloudSubject(subject))
    }
    if command == .focusProcessors, !workspace.hasProcessors {
      return "This service has no processors: its edition of the API is the current one."
    }
    if command == .zoom, !panes.isZoomed, display.layout.arrangement == .narrow {
      return "This window already shows a single pane."
    }
    if command == .services, !hasServices { return "There is no other service." }
    if command == .copy, table.selectedRow == nil { return "There is nothing to copy." }
    if command == .copyCommand, subject == .marked, let excess = table.actions.excessRefusal { return excess }
    if command == .copyCommand, panes.context.lastCommand == nil, table.actions.command(about: subject) == nil {
      return "There is no command to copy yet."
    }
    if [.mark, .invertMarks, .markAll].contains(command), table.rowCount == 0 { return "There is no row to mark." }
    if command == .unmark, table.markedCount == 0 { return "Nothing is marked." }
    return command.intent.flatMap { table.actions.refusal(of: $0, about: subject) }
  }
}

extension Command {
  /// What the command wants of the record under the cursor or of its list.
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

  /// Whether it leads to a request that changes something.
  var writes: Bool { self == .invite || intent?.writes == true }
}
