import CloudChanges
import CloudViewModels
import TerminalUI

/// Runs commands: on the panes, or by opening a layer.
@MainActor
final class CommandRunner {
  let rules: CommandRules
  /// Called when the user quits.
  var onQuit: (@MainActor () -> Void)?

  private let panes: Panes
  private let layers: LayerStack
  private let mouse: PaneMouse
  private let documents: DocumentEditing
  private let people: PeopleEditing
  private let services: ServiceSwitch
  private let exports: Exporting
  private let terminal: TerminalLink
  private let settings: Console.Settings

  init(
    rules: CommandRules, panes: Panes, layers: LayerStack, mouse: PaneMouse, documents: DocumentEditing,
    services: ServiceSwitch, exports: Exporting, terminal: TerminalLink, settings: Console.Settings
  ) {
    self.rules = rules
    self.panes = panes
    self.layers = layers
    self.mouse = mouse
    self.documents = documents
    people = PeopleEditing(panes: panes, layers: layers, keymap: settings.keymap)
    self.services = services
    self.exports = exports
    self.terminal = terminal
    self.settings = settings
    exports.reopen = { [weak self] text, problem in
      guard let self else { return }
      layers.open(palette(text, problem: problem))
    }
  }

  private var keymap: Keymap { settings.keymap }
  private var context: ModelContext { panes.context }
  private var table: any TableModel { panes.table }

  /// Runs a command, or shows why it is unavailable.
  ///
  /// - Parameter subject: the records that it acts on; by default the marked ones, if there are any.
  func run(_ command: Command, about subject: CommandSubject? = nil) {
    let subject = subject ?? table.subject
    if let reason = rules.goneJustNow(under: command, about: subject) ?? rules.refusal(of: command, about: subject) {
      context.notices.say(.information, reason)
      return
    }
    switch command {
    case .moveUp, .moveDown, .pageUp, .pageDown: panes.move(by: rules.rows(of: command) ?? 0)
    case .moveToFirst: table.select(row: 0)
    case .moveToLast: table.select(row: table.rowCount - 1)
    case .nextPane: panes.moveFocus(by: 1)
    case .previousPane: panes.moveFocus(by: -1)
    case .focusClouds: panes.setFocus(0)
    case .focusUsers: panes.setFocus(1)
    case .focusInvitations: panes.setFocus(2)
    case .focusProcessors: panes.setFocus(3)
    case .focusPeople: panes.setFocus(Panes.people)
    case .back: back()
    case .filter: panes.openFilter()
    case .refresh: panes.refresh()
    case .zoom: panes.toggleZoom()
    case .mark: table.toggleMark()
    case .invertMarks: table.invertMarks()
    case .markAll: table.markAll()
    case .unmark: table.clearMarks()
    case .create, .edit, .editDocument, .delete, .invite, .resend, .createDemo: change(command, subject)
    case .mouse: mouse.toggle()
    case .services: services.openList()
    case .open, .sort, .sizes, .palette, .theme, .export, .help, .log, .copy, .copyCommand:
      layer(for: command, subject).map(layers.open)
    case .redraw: terminal.host?.repaint()
    case .suspend:
      if terminal.host?.suspend() == false {
        context.notices.say(.information, "There is no shell to return to.")
      }
    case .quit: onQuit?()
    }
  }

  private func change(_ command: Command, _ subject: CommandSubject) {
    switch command {
    case .delete where panes.showsPeople: people.remove(subject)
    case .edit where panes.showsPeople: people.giveRole(subject)
    case .invite where panes.showsPeople: people.invite(subject)
    case .invite where panes.focus == 0 && table.markedCount > 1: people.inviteToMarked()
    case .create where table === panes.workspace.invitations, .invite:
      if let form = panes.workspace.inviteForm(about: rules.cloudSubject(subject)) { layers.open(FormLayer(form)) }
    case .create:
      if let form = table.actions.creationForm() { layers.open(FormLayer(form)) }
    case .edit:
      if let form = table.actions.editForm(about: subject) { layers.open(FormLayer(form)) }
    case .editDocument: documents.edit(about: subject)
    default:
      if let question = command.intent.flatMap({ table.actions.question(of: $0, about: subject) }) {
        layers.open(QuestionLayer(question))
      }
    }
  }

  /// The keymap in the words of the focused pane.
  private var paneKeymap: Keymap { keymap.worded(in: table.names.plural) }

  /// The help; over a dialog, it begins with the dialog's keys.
  func help(over dialog: DialogHelp? = nil) -> HelpLayer {
    HelpLayer(
      keymap: paneKeymap, place: "In \(table.names.title)", here: rules.likelyHere, dialog: dialog
    ) { [context] in $0.writes ? context.service.readOnlyReason : nil }
  }

  /// The layer that a command opens; `nil` if there is nothing to show.
  private func layer(for command: Command, _ subject: CommandSubject) -> (any Layer)? {
    switch command {
    case .open where panes.showsPeople:
      let commands: [Command] = [.edit, .delete, .invite, .copyCommand].filter {
        rules.refusal(of: $0, about: .selected) == nil
      }
      return PersonLayer(panes.workspace.people, commands: commands, keymap: paneKeymap) { [panes, context] access in
        if panes.show(access) { return }
        context.notices.say(.information, "\(access.cloud.name) is not in the list of clouds any more.")
      }
    case .open:
      guard let record = table.actions.recordScreen() else { return nil }
      let commands: [Command] = [.edit, .delete, .resend, .createDemo, .copy, .copyCommand].filter {
        rules.refusal(of: $0, about: .selected) == nil
      }
      return RecordLayer(record, commands: commands, keymap: paneKeymap, now: context.now)
    case .sort:
      let hasQuotas = panes.workspace.sizes.summary.hasQuotas
      let columns = table.sortColumns.filter { $0.kind != .percent || hasQuotas }
      return SortLayer(table, columns: columns, keymap: keymap)
    case .sizes: return SizesLayer(workspace: panes.workspace, keymap: keymap, hasBars: !settings.screenReader)
    case .palette: return palette()
    case .theme, .export: return palette(command.rawValue + " ")
    case .help: return help()
    case .log: return LogLayer(requests: panes.workspace.requests, notices: context.notices, keymap: keymap)
    case .copy:
      let offers = CopyOffer.offers(of: table)
      return offers.isEmpty ? nil : copyLayer(offers, title: "Copy")
    case .copyCommand:
      // Where nothing was done just now, what is under the cursor is meant.
      return copyLayer(
        CopyOffer.commands(lastDone: context.lastCommand, of: table, about: subject), title: "Copy as command",
        copiesFirst: context.lastCommand == nil)
    default: return nil
    }
  }

  private func palette(_ text: String = "", problem: String? = nil) -> PaletteLayer {
    PaletteLayer(
      keymap: paneKeymap,
      rules: PaletteLayer.Rules(
        refusal: { [unowned rules] in rules.refusal(of: $0) },
        markedCount: { [unowned rules] in rules.markedCount(for: $0) }),
      arguments: CommandArguments(panes: panes, services: services, terminal: terminal, exports: exports), text: text,
      problem: problem)
  }

  private func copyLayer(_ offers: [CopyOffer], title: String, copiesFirst: Bool = false) -> CopyLayer {
    CopyLayer(offers, title: title, copiesFirst: copiesFirst, mouse: mouse.isOn) { [terminal] in
      terminal.host?.copy($0) ?? .unsupported
    }
  }

  private func back() {
    if context.notices.current != nil {
      context.notices.dismiss()
    } else if panes.showsPeople, panes.workspace.people.isSweeping {
      panes.workspace.people.stop()
    } else if !table.filter.isEmpty {
      table.filter(by: "")
    } else if table.markedCount > 0 {
      table.clearMarks()
    } else if panes.showsPeople {
      panes.leavePeople()
    } else {
      table.forgetChanges()
    }
  }
}
