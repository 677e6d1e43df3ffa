import CloudAPI

extension ListModel {
  func deletion(of target: Record, in scope: Scope) -> ConfirmationModel? {
    guard let removal = resource.removal else { return nil }
    let all = records
    let isTyped = removal.confirmation == .typedName || context.service.label != nil
    let definition = ConfirmationModel.Definition(
      title: removal.question(target, scope), verb: removal.verb, isDestructive: true, preface: removal.preface,
      typed: isTyped ? removal.typedText(target).orID(target.id.rawValue) : nil,
      typedElsewhere: .id(target.id.rawValue),
      reread: { [self] in await change(of: target, in: scope) },
      consequences: removal.losses.map { loss in { [self] in await loss(context.client, scope, target, all) } },
      act: { [self] in await remove(target, in: scope, removal) })
    return ConfirmationModel(definition, context: context)
  }

  /// Why the target is no longer what was drawn; `nil` where it still is.
  func change(of target: Record, in scope: Scope) async -> String? {
    let fresh: Record?
    do throws(CloudAPIError) {
      fresh = try await reread(target.id, in: scope)
    } catch {
      return "It could not be read again, so nothing was done. \(error.sentence)"
    }
    guard let fresh else {
      if scope == self.scope { drop(target.id) }
      return "It is gone already."
    }
    guard fresh != target else { return nil }
    refreshInPlace(fresh, in: scope)
    return "It changed since it was drawn: \(difference(from: target, to: fresh)). Look at it again first."
  }

  func difference(from old: Record, to new: Record) -> String {
    let before = resource.details(old, rowContext(old))
    let after = resource.details(new, rowContext(new))
    let changes = zip(before, after).filter { $0 != $1 }.map { old, new in
      "\(old.label) was \(old.value.plainText()), is \(new.value.plainText())"
    }
    return changes.isEmpty ? "a field that isn't shown" : changes.joined(separator: "; ")
  }

  private func remove(_ target: Record, in scope: Scope, _ removal: Removal<Record, Scope>) async -> ActProblem? {
    let name = resource.title(target)
    let write = planned(.delete, "\(removal.verb) \(resource.names.singular) \"\(name)\"", to: target.id, in: scope)
    let words = WriteWords<Record>(write) { _ in removal.done(target) }
    let result = await self.write(
      write, as: { resource.commands.remove(scope, target) },
      sending: { () async throws(CloudAPIError) in
        try await removal.remove(context.client, scope, target.id)
      })
    switch result {
    case .success:
      taken(target.id, from: scope)
      context.notices.say(.done, words.done(nil))
      return nil
    case .failure(let error) where error.code == .notFound:
      taken(target.id, from: scope)
      context.notices.say(.information, "\(name) was gone already.")
      return nil
    case .failure(let error) where error.leavesDoubt:
      let doubt = doubt(words, in: scope, .removed(target.id), after: error)
      let text = error.message + Self.isReadAgain
      doubt.say("\(write.description): \(text)")
      return ActProblem(text, doubt)
    case .failure(let error):
      context.notices.say(.failure, "\(name) is still there. \(error.sentence)")
      return "It is still there. \(error.sentence)"
    }
  }

  private func taken(_ id: Record.ID, from scope: Scope) {
    guard scope == self.scope else { return }
    drop(id)
    refresh()
  }
}
