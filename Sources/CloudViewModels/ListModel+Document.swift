import CloudAPI

extension ListModel {
  public func documentEdit(about subject: CommandSubject) -> DocumentEditModel? {
    guard !context.service.isReadOnly, let document = resource.document, let scope, let target = target(subject) else {
      return nil
    }
    var begun: (record: Record, text: String)?
    return DocumentEditModel(
      title: "\(resource.names.singular) \(resource.title(target))",
      open: { [self] in
        do throws(CloudAPIError) {
          guard let fresh = try await reread(target.id, in: scope) else { return .failed("It is gone already.") }
          refreshInPlace(fresh, in: scope)
          let text = annotated(document.json(fresh), fresh)
          begun = (fresh, text)
          return .text(text)
        } catch {
          return .failed(error.sentence)
        }
      },
      put: { [self] edited in
        guard let (record, text) = begun else { return .unchanged }
        return await put(edited, over: record, as: text, document, in: scope)
      })
  }

  private func put(
    _ edited: String, over original: Record, as text: String, _ document: RecordDocument<Record, Scope>,
    in scope: Scope
  ) async -> DocumentEditModel.Outcome {
    let replacement: RecordDocument<Record, Scope>.Replacement
    do throws(DocumentError) {
      guard edited != text, let change = try document.replacement(edited, original) else { return .unchanged }
      replacement = change
    } catch {
      return .invalid(error.message)
    }
    do throws(CloudAPIError) {
      guard let now = try await reread(original.id, in: scope) else {
        return .failed("\(resource.title(original)) is gone: nothing was sent.", edited: edited)
      }
      guard now == original else {
        refreshInPlace(now, in: scope)
        return .changedMeanwhile(now: document.json(now), edited: edited)
      }
    } catch {
      return .failed("It could not be read again, so nothing was sent. \(error.sentence)", edited: edited)
    }
    let name = resource.title(original)
    let write = planned(.editDocument, "replace \(resource.names.singular) \"\(name)\"", to: original.id, in: scope)
    let words = WriteWords<Record>(write) { [resource] in "Saved \($0.map(resource.title) ?? name)." }
    let result = await self.write(
      write, as: { resource.commands.replace?(scope, $0) },
      sending: { () async throws(CloudAPIError) in
        try await replacement(context.client, scope, original.id)
      })
    switch result {
    case .success(let answer):
      show(answer, in: scope)
      return .saved(words.done(answer))
    case .failure(let error):
      guard error.leavesDoubt else { return failure(error, edited) }
      return .unknown(
        error.message + Self.isReadAgain,
        doubt(words, in: scope, .replaced(original, by: edited, document), after: error))
    }
  }

  private func failure(_ error: CloudAPIError, _ edited: String) -> DocumentEditModel.Outcome {
    if case .validation = error.code { return .invalid(error.fieldMessages) }
    return .failed(error.sentence, edited: edited)
  }

  /// The document with the read-only fields beside it as comments, which nothing that an API sends may end.
  private func annotated(_ json: String, _ record: Record) -> String {
    let fields = resource.details(record, rowContext(record)).map { field in
      "//   \(field.label): \(PlainText.harmless(field.value.plainText()))\n"
    }
    return
      "// The \(resource.names.singular) \(PlainText.harmless(record.id.rawValue)). Save to send the fields below; leave unchanged to send nothing.\n"
      + "// As it is now:\n" + fields.joined() + json
  }
}
