import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels
import TerminalUI

/// Changes people across clouds: reads again what is missing or old, then opens the form or the question.
@MainActor
final class PeopleEditing {
  private let panes: Panes
  private let layers: LayerStack
  private let keymap: Keymap

  init(panes: Panes, layers: LayerStack, keymap: Keymap) {
    self.panes = panes
    self.layers = layers
    self.keymap = keymap
  }

  private var people: PeopleModel { panes.workspace.people }
  private var context: ModelContext { panes.context }

  func remove(_ subject: CommandSubject) {
    let ids = people.people(about: subject)
    afterReading("Remove from all clouds") { [self] in
      if let question = people.removal(of: ids) { return layers.open(QuestionLayer(question)) }
      context.notices.say(.information, "They are in no cloud any more: there is nothing to remove.")
    }
  }

  func giveRole(_ subject: CommandSubject) {
    let ids = people.people(about: subject)
    afterReading("Role in all clouds") { [self] in
      layers.open(FormLayer(people.roleForm(of: ids) { [layers] in layers.open(QuestionLayer($0)) }))
    }
  }

  /// Lets the user pick clouds, then invites the people to them.
  func invite(_ subject: CommandSubject) {
    let addresses = people.people(about: subject).compactMap { people.person($0)?.email }
    guard !addresses.isEmpty else {
      context.notices.say(.information, "Nobody with an e-mail address is selected.")
      return
    }
    layers.open(
      CloudPickerLayer(panes.workspace, keymap: keymap) { [self] in form(to: $0, addresses) })
  }

  /// Invites people to the marked clouds.
  func inviteToMarked() {
    layers.open(form(to: panes.workspace.markedClouds, []))
  }

  private func form(to clouds: [CloudReference], _ addresses: [String]) -> FormLayer {
    FormLayer(panes.workspace.inviteForm(to: clouds, addresses) { [layers] in layers.open(QuestionLayer($0)) })
  }

  private func afterReading(_ title: String, _ work: @escaping @MainActor () -> Void) {
    guard people.mustReadAgain else { return work() }
    let waiting = WaitingLayer(title: title, text: "Reading who is in which cloud…")
    let task = context.activity.run { [people] in
      await people.readAgain()
      guard !Task.isCancelled else { return }
      waiting.finish()
      work()
    }
    waiting.onCancel = { [people] in
      task.cancel()
      people.stop()
    }
    layers.open(waiting)
  }
}
