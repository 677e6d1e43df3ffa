import CloudChanges
import CloudViewModels
import TerminalUI

extension Console {
  /// Carries a command out, or says why it can't be here and now.
  ///
  /// - Parameter subject: which records it is about; unless given, the marked ones where there are any.
  func run(_ command: Command, about subject: CommandSubject? = nil) {
    let subject = subject ?? table.subject
    if let gone = tableActedOn(by: command, about: subject)?.goneJustNow {
      context.notices.say(.information, gone)
      return
    }
    if let reason = refusal(of: command, about: subject) {
      context.notices.say(.information, reason)
      return
    }
    switch command {
    case .moveUp, .moveDown, .pageUp, .pageDown: move(by: rows(of: command) ?? 0)
    case .moveToFirst: table.select(row: 0)
    case .moveToLast: table.select(row: table.rowCount - 1)
    case .nextPane: setFocus((focus + 1) % workspace.tables.count)
    case .previousPane: setFocus((focus + workspace.tables.count - 1) % workspace.tables.count)
    case .focusClouds: setFocus(0)
    case .focusUsers: setFocus(1)
    case .focusInvitations: setFocus(2)
    case .focusProcessors: setFocus(3)
    case .open, .back, .filter, .sort, .refresh, .sizes, .zoom, .copy: look(command)
    case .copyCommand: copyCommand(about: subject)
    case .mark: table.toggleMark()
    case .invertMarks: table.invertMarks()
    case .markAll: table.markAll()
    case .unmark: table.clearMarks()
    case .create, .edit, .editDocument, .delete, .invite, .resend, .createDemo: change(command, subject)
    case .services: openServices()
    case .palette:
      open(
        PaletteLayer(
          keymap: keymap, refusal: { [unowned self] in refusal(of: $0) },
          markedCount: { [unowned self] in markedCount(for: $0) }))
    case .help:
      open(HelpLayer(keymap: keymap) { [context] in $0.writes ? context.service.readOnlyReason : nil })
    case .log: open(LogLayer(requests: workspace.requests, notices: context.notices, keymap: keymap))
    case .mouse: toggleMouse()
    case .redraw: host?.repaint()
    case .suspend:
      if host?.suspend() == false { context.notices.say(.information, "There is no shell to return to.") }
    case .quit: onQuit?()
    }
  }

  private func look(_ command: Command) {
    switch command {
    case .open:
      guard let record = table.actions.recordScreen() else { return }
      let commands: [Command] = [.edit, .delete, .resend, .createDemo, .copy, .copyCommand].filter {
        refusal(of: $0, about: .selected) == nil
      }
      open(RecordLayer(record, commands: commands, keymap: keymap, now: context.now))
    case .back: back()
    case .filter:
      filterEditor = LineEditor(table.filter.text)
      context.activity.changed()
    case .sort: table.sortByNextColumn()
    case .refresh: refreshFocused()
    case .copy: copyValues()
    case .zoom:
      isZoomed.toggle()
      context.activity.changed()
    case .sizes: open(SizesLayer(workspace: workspace, keymap: keymap, hasBars: !settings.screenReader))
    default: break
    }
  }

  private func change(_ command: Command, _ subject: CommandSubject) {
    switch command {
    case .create where table === workspace.invitations, .invite:
      if let form = workspace.inviteForm(about: cloudSubject(subject)) { open(FormLayer(form)) }
    case .create:
      if let form = table.actions.creationForm() { open(FormLayer(form)) }
    case .edit:
      if let form = table.actions.editForm(about: subject) { open(FormLayer(form)) }
    case .editDocument: editDocument(about: subject)
    default:
      if let question = command.intent.flatMap({ table.actions.question(of: $0, about: subject) }) {
        open(QuestionLayer(question))
      }
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

  /// How many marked records a command is about now; 0 where it is about something else.
  func markedCount(for command: Command) -> Int {
    guard let intent = command.intent, intent != .open, intent != .create else { return 0 }
    return table.markedCount
  }

  /// Why a command can't be carried out here and now; `nil` where it can.
  ///
  /// - Parameter subject: which records it is about; unless given, the marked ones where there are any.
  func refusal(of command: Command, about subject: CommandSubject? = nil) -> String? {
    reason(against: command, about: subject ?? table.subject).map(keymap.withKeys)
  }

  /// Whether a command can be carried out here and now.
  func canRun(_ command: Command, about subject: CommandSubject) -> Bool {
    reason(against: command, about: subject) == nil
  }

  /// The refusal, with commands' names in braces for their keys.
  private func reason(against command: Command, about subject: CommandSubject) -> String? {
    if command == .invite || command == .create && table === workspace.invitations {
      return workspace.inviteRefusal(about: cloudSubject(subject))
    }
    if command == .focusProcessors, !workspace.hasProcessors {
      return "This service has no processors: its edition of the API is the current one."
    }
    if command == .zoom, !isZoomed, layout.arrangement == .narrow { return "This window already shows a single pane." }
    if command == .services, services == nil { return "There is no other service." }
    if command == .copy, table.selectedRow == nil { return "There is nothing to copy." }
    if command == .copyCommand, subject == .marked, let excess = table.actions.excessRefusal { return excess }
    if command == .copyCommand, context.lastCommand == nil, table.actions.command(about: subject) == nil {
      return "There is no command to copy yet."
    }
    if [.mark, .invertMarks, .markAll].contains(command), table.rowCount == 0 { return "There is no row to mark." }
    if command == .unmark, table.markedCount == 0 { return "Nothing is marked." }
    return command.intent.flatMap { table.actions.refusal(of: $0, about: subject) }
  }

  /// Which of the clouds a command is about that other panes offer, too.
  private func cloudSubject(_ subject: CommandSubject) -> CommandSubject {
    table === workspace.clouds ? subject : .selected
  }

  /// How many rows a command moves the cursor by; `nil` for one that does something else.
  func rows(of command: Command) -> Int? {
    switch command {
    case .moveUp: -1
    case .moveDown: 1
    case .pageUp: -max(1, capacity - 1)
    case .pageDown: max(1, capacity - 1)
    default: nil
    }
  }

  func move(by rows: Int) {
    guard let row = table.selectedRow else { return }
    table.select(row: row + rows)
  }

  private func back() {
    if context.notices.current != nil {
      context.notices.dismiss()
    } else if !table.filter.isEmpty {
      table.filter = TextFilter()
    } else if table.markedCount > 0 {
      table.clearMarks()
    } else {
      table.forgetChanges()
    }
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
