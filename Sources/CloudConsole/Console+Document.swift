import CloudViewModels

extension Console {
  /// Opens the record as JSON in the person's editor, as often as it takes to make it sendable.
  func editDocument() {
    guard let model = table.documentEdit(), let host else { return }
    context.activity.run { [self] in
      switch await model.begin() {
      case .failed(let message):
        context.notices.say(.failure, "\(model.title) was not opened: \(message)")
      case .text(let text):
        await edit(text, of: model, on: host)
      }
    }
  }

  private func edit(_ original: String, of model: DocumentEditModel, on host: any ConsoleHost) async {
    var text = original
    while true {
      let edited: EditedText
      do throws(EditorError) {
        edited = try await host.edit(text, named: model.title)
      } catch {
        context.notices.say(.failure, error.message)
        return
      }
      let outcome = await model.finish(edited.text)
      // Coming back with nothing changed means giving up.
      let isNew = DocumentEditModel.withoutMessage(edited.text) != DocumentEditModel.withoutMessage(text)
      if case .invalid(let message) = outcome, isNew {
        text = DocumentEditModel.document(edited.text, with: message)
        host.discard(edited)
        continue
      }
      settle(outcome, edited, of: model)
      if outcome.isSettled { host.discard(edited) }
      return
    }
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
      open(MessageLayer(title: "\(model.title) changed meanwhile", text: both))
    case .failed(let message, _):
      context.notices.say(.failure, "\(message) What you wrote is in \(edited.path).")
    }
  }
}
