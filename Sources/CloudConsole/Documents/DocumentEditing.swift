import CloudChanges
import CloudViewModels
import TerminalUI

/// Edits a record as JSON in the user's editor, and sends the result.
@MainActor
final class DocumentEditing {
  /// Whether an editor is using the terminal.
  private(set) var isEditing = false
  /// The number of keys pressed in the console.
  private var keysPressed = 0
  private let panes: Panes
  private let layers: LayerStack
  private let terminal: TerminalLink
  private let keymap: Keymap

  init(panes: Panes, layers: LayerStack, terminal: TerminalLink, keymap: Keymap) {
    self.panes = panes
    self.layers = layers
    self.terminal = terminal
    self.keymap = keymap
  }

  private var context: ModelContext { panes.context }

  /// Counts a key, so that no editor opens for a user who has moved on.
  func keyPressed() {
    keysPressed += 1
  }

  /// Edits the record under the cursor or the marked one.
  func edit(about subject: CommandSubject) {
    guard let model = panes.table.actions.documentEdit(about: subject), let host = terminal.host else { return }
    let waiting = WaitingLayer(title: "Edit \(model.title)", text: "Re-reading it…")
    let reading = context.activity.run { [self] in
      let opening = await model.begin()
      // The user cancelled meanwhile.
      guard !Task.isCancelled else { return }
      waiting.finish()
      context.activity.changed()
      switch opening {
      case .failed(let message):
        context.notices.say(.failure, "\(model.title) was not opened: \(message)")
      case .text(let text):
        await edit(text, of: model, on: host)
      }
    }
    waiting.onCancel = { reading.cancel() }
    layers.open(waiting)
  }

  /// An edited text that can't be sent as it is; kept until the next edit is settled.
  private typealias Unsent = (edited: EditedText, reason: String)

  /// Opens the editor, and once more if the text can't be sent; after that the user decides whether to edit again.
  private func edit(
    _ text: String, after unsent: Unsent? = nil, of model: DocumentEditModel, on host: any ConsoleHost
  ) async {
    let edited: EditedText
    isEditing = true
    do throws(EditorError) {
      defer { isEditing = false }
      edited = try await host.edit(text, named: model.title)
    } catch {
      let kept = unsent.map { " What you wrote before is in \($0.edited.path)." } ?? ""
      context.notices.say(.failure, error.message + kept)
      return
    }
    if let unsent, DocumentEditModel.withoutMessage(edited.text) == DocumentEditModel.withoutMessage(text) {
      // An unchanged text means that the user gives up.
      host.discard(edited)
      settle(.invalid(unsent.reason), unsent.edited, of: model)
      return
    }
    let pressed = keysPressed
    let outcome = await model.finish(edited.text)
    if let unsent { host.discard(unsent.edited) }
    // The user has moved on: an editor would catch what they type.
    guard case .invalid(let message) = outcome, pressed == keysPressed, !isEditing else {
      settle(outcome, edited, of: model)
      if outcome.isSettled { host.discard(edited) }
      return
    }
    let again = DocumentEditModel.document(edited.text, with: message)
    if unsent == nil {
      await edit(again, after: (edited, message), of: model, on: host)
    } else {
      askToEdit(again, after: (edited, message), of: model, on: host)
    }
  }

  private func askToEdit(
    _ text: String, after unsent: Unsent, of model: DocumentEditModel, on host: any ConsoleHost
  ) {
    let again = FormLayer.Alternative(key: .character("e"), label: "edit again") { [self] in
      _ = context.activity.run { [self] in await edit(text, after: unsent, of: model, on: host) }
    }
    layers.open(
      MessageLayer(
        title: "\(model.title) was not sent", keymap: keymap, alternative: again,
        onLeave: { [self] in settle(.invalid(unsent.reason), unsent.edited, of: model) }
      ) { "\(unsent.reason)\n\nWhat you wrote is in \(unsent.edited.path)." })
  }

  private func settle(_ outcome: DocumentEditModel.Outcome, _ edited: EditedText, of model: DocumentEditModel) {
    switch outcome {
    case .unchanged:
      context.notices.say(.information, "Nothing was changed, so nothing was sent.")
    case .saved(let notice):
      context.notices.say(.done, notice)
    case .invalid(let message):
      context.notices.say(.failure, "Not sent: \(message) What you wrote is in \(edited.path).")
    case .changedMeanwhile(let now, let text):
      context.notices.say(.failure, "\(model.title) changed meanwhile: nothing was sent. Yours is in \(edited.path).")
      let yours = DocumentEditModel.fields(of: text)
      let both = "It is now:\n\n\(now)\nYou wrote:\n\n\(yours)\nYours is kept in \(edited.path)."
      layers.open(MessageLayer(title: "\(model.title) changed meanwhile", keymap: keymap) { both })
    case .failed(let message, _):
      context.notices.say(.failure, "\(message) What you wrote is in \(edited.path).")
    case .unknown(let unresolved):
      context.notices.add("What you wrote is in \(edited.path).", about: unresolved)
      unresolved.observe { [host = terminal.host] resolution in
        // The record now holds the edited text.
        if resolution == .done { host?.discard(edited) }
      }
    }
  }
}
