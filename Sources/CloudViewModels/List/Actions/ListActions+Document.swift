import CloudAPI
import CloudChanges
import FoundationEssentials

extension ListActions {
  func documentEdit(about subject: CommandSubject) -> DocumentEditModel? {
    guard !context.service.isReadOnly, let document = resource.document, let scope, let target = target(subject) else {
      return nil
    }
    var begun: (record: Record, text: String)?
    return DocumentEditModel(
      title: "\(resource.names.singular) \(resource.title(target))",
      open: {
        do throws(CloudAPIError) {
          guard let fresh = try await reread(target.id, in: scope) else { return .failed("It is already gone.") }
          list.refresh(fresh, in: scope)
          let text = annotated(document.json(fresh), fresh)
          begun = (fresh, text)
          return .text(text)
        } catch {
          return .failed(error.sentence)
        }
      },
      put: { edited in
        guard let (record, text) = begun else { return .unchanged }
        return await put(edited, over: record, as: text, document, in: scope)
      })
  }

  private func put(
    _ edited: String, over original: Record, as text: String, _ document: RecordDocument<Record, Scope>,
    in scope: Scope
  ) async -> DocumentEditModel.Outcome {
    let change: Change
    do throws(DocumentError) {
      guard edited != text, let call = try document.replacement(edited, original, scope) else { return .unchanged }
      change = self.change(call, of: original, in: scope)
    } catch {
      return .invalid(error.message)
    }
    if let address = change.before?.address, change.isAboutUser(at: context.service.me),
      !DocumentEditModel.holds(address, edited)
    {
      return .invalid("This is your own access. " + DocumentEditModel.request(for: address))
    }
    let rule = AdminRule(except: DocumentEditModel.holds(LastAdmins.words, edited) ? .all : .none)
    // Always read the record again before sending, however soon the editor was closed: PUT replaces every field.
    switch await context.changes.run([change], reviewed: .distantPast, admins: rule).finish()[0] {
    case .applied(let effect), .alreadySo(let effect, _):
      if scope == self.scope { list.reveal(original.id) }
      return .saved(change.done(effect))
    case .stale(let now):
      guard let record = now.flatMap(Record.init) else {
        return .failed("\(change.names.record) is gone: nothing was sent.", edited: edited)
      }
      list.refresh(record, in: scope)
      return .changedMeanwhile(now: document.json(record), edited: edited)
    case .notSent(.unread(let error)):
      return .failed("It could not be re-read, so nothing was sent. \(error.sentence)", edited: edited)
    case .notSent(.lastAdmin(let found)):
      return .invalid("\(found.text). " + DocumentEditModel.request(for: LastAdmins.words))
    case .notSent(.adminsUnread(let error)): return .failed(error.adminsUnread, edited: edited)
    case .notSent: return .failed("Nothing was sent.", edited: edited)
    case .refused(let error):
      if case .validation = error.code { return .invalid(error.refusal) }
      return .failed(error.sentence, edited: edited)
    case .unresolved(let unresolved): return .unknown(unresolved)
    }
  }

  /// The document preceded by the read-only fields as comments; no text from the API can end a comment.
  private func annotated(_ json: String, _ record: Record) -> String {
    let fields = resource.details(record, list.contents.sources.context(of: record)).map { field in
      "//   \(field.label): \(PlainText.harmless(field.value.plainText()))\n"
    }
    return
      "// The \(resource.names.singular) \(PlainText.harmless(record.id.rawValue)). Save to send the fields below; leave unchanged to send nothing.\n"
      + "// As it is now:\n" + fields.joined() + json
  }
}
