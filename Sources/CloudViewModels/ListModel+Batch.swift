import CloudAPI

extension ListModel {
  /// What is done to several records.
  private struct Deed {
    let intent: RecordIntent
    let verb: String
    let isDestructive: Bool
    let isTyped: Bool
    let text: SeveralText<Record, Scope>
    /// What is said when it was done to one.
    let said: (Record) -> String
    let send: @MainActor (Record) async throws(CloudAPIError) -> Void
    let command: (Record) -> CommandLineText?
    /// Whether the record is gone when it is done.
    var removes: Bool { intent == .delete }
  }

  /// Above that, what is lost is confirmed by typing, wherever the records are.
  private static var removedByY: Int { 10 }

  /// The question whether to do something to all marked records.
  func batch(of intent: RecordIntent, in scope: Scope) -> BatchModel? {
    let targets = markedRecords
    guard !targets.isEmpty else { return nil }
    if intent == .delete {
      return resource.removal.map { batch(self.deed($0, of: targets.count, in: scope), on: targets, in: scope) }
    }
    guard let action = resource.actions[intent], let text = action.several else { return nil }
    let client = context.client
    let deed = Deed(
      intent: intent, verb: action.verb, isDestructive: false, isTyped: false, text: text,
      said: { [resource] in "\(text.done(resource.title($0)))." },
      send: { record throws(CloudAPIError) in _ = try await action.perform(client, scope, record) },
      command: { [resource] in resource.commands.actions[intent]?(scope, $0) })
    return batch(deed, on: targets, in: scope)
  }

  private func deed(_ removal: Removal<Record, Scope>, of count: Int, in scope: Scope) -> Deed {
    let client = context.client
    let isTyped = removal.confirmation == .typedName || context.service.label != nil || count > Self.removedByY
    return Deed(
      intent: .delete, verb: removal.verb, isDestructive: true, isTyped: isTyped, text: removal.several,
      said: removal.done,
      send: { record throws(CloudAPIError) in try await removal.remove(client, scope, record.id) },
      command: { [resource] in resource.commands.remove(scope, $0) })
  }

  private func batch(_ deed: Deed, on targets: [Record], in scope: Scope) -> BatchModel {
    let number = Count.text(targets.count, resource.names.singular, resource.names.plural)
    let ids = Set(targets.map(\.id))
    // What is lost is what stays and loses something: the others go, too.
    let others = deed.removes ? RecordList(records.filter { !ids.contains($0.id) }) : records
    var done: [Record] = []
    var doubtful: [Record] = []
    let double = deed.removes ? nil : doubleText(targets.map { planned(deed, to: $0, in: scope) })
    let definition = BatchModel.Definition(
      title: deed.text.question(number, scope), verb: deed.verb, isDestructive: deed.isDestructive,
      preface: [double, deed.text.preface].compactMap { $0 }.joined(separator: " "),
      typed: deed.isTyped ? .words("\(deed.verb) \(number)") : nil,
      names: resource.names,
      items: targets.map { target in
        let title = resource.title(target)
        return (BatchModel.Item(id: target.id.rawValue, title: title), planned(deed, to: target, in: scope))
      },
      reread: { [self] in await changes(of: targets, in: scope) },
      details: { [context] index in
        var details: [String] = []
        for detail in deed.text.details { details.append(await detail(context.client, scope, targets[index], others)) }
        return details
      },
      act: { [self] index in
        let outcome = await perform(deed, on: targets[index], in: scope, after: done)
        switch outcome.state {
        case .done, .gone: done.append(targets[index])
        case .unknown: doubtful.append(targets[index])
        default: break
        }
        return outcome
      },
      finish: { [self] in finish(deed, on: targets, done, doubtful, in: scope) },
      done: { deed.text.done($0) })
    return BatchModel(definition, context: context)
  }

  private func planned(_ deed: Deed, to target: Record, in scope: Scope) -> PlannedWrite {
    planned(
      deed.intent, "\(deed.verb) \(resource.names.singular) \"\(resource.title(target))\"", to: target.id, in: scope)
  }

  private func perform(
    _ deed: Deed, on target: Record, in scope: Scope, after done: [Record]
  ) async -> BatchModel.Outcome {
    let write = planned(deed, to: target, in: scope)
    let result = await self.write(
      write,
      as: { .several((done + [target]).compactMap(deed.command)) },
      sending: { () async throws(CloudAPIError) in try await deed.send(target) })
    switch result {
    case .success:
      return BatchModel.Outcome(state: .done)
    case .failure(let error) where error.code == .notFound && deed.removes:
      return BatchModel.Outcome(state: .gone)
    case .failure(let error) where error.leavesDoubt:
      guard deed.removes else {
        neverKnown(write)
        let text = error.message + " Nothing that can be read again tells."
        return BatchModel.Outcome(state: .unknown(text), endsTheBatch: true)
      }
      return BatchModel.Outcome(
        state: .unknown(error.message + Self.isReadAgain), endsTheBatch: true,
        doubt: doubt(WriteWords(write) { _ in deed.said(target) }, in: scope, .removed(target.id), after: error))
    case .failure(let error):
      let fields = error.fieldMessages
      return BatchModel.Outcome(
        state: .refused(fields.isEmpty ? error.sentence : fields), endsTheBatch: error.endsABatch)
    }
  }

  /// Shows what is left, and reads the list again, which decides on what nobody knows.
  ///
  /// - Returns: whether the others are still marked.
  private func finish(
    _ deed: Deed, on targets: [Record], _ done: [Record], _ doubtful: [Record], in scope: Scope
  ) -> Bool {
    guard scope == self.scope else { return false }
    let ids = Set((done + doubtful).map(\.id))
    let others = targets.filter { !ids.contains($0.id) }
    let keepsMarks = marked(of: others).count == others.count
    // What was asked for is done: its marks go without a word. Doing once more what may be done is marked anew.
    unmark(ids)
    if deed.removes { dropPatiently(done.map { $0.id }) }
    refresh()
    return keepsMarks
  }
}

extension ListModel {
  /// So many records are read again one by one; where there are more, the list is read once.
  private static var readOneByOne: Int { 8 }

  /// How records differ from what was drawn, by id; those that don't are left out.
  private func changes(of targets: [Record], in scope: Scope) async -> Result<[String: String], CloudAPIError> {
    let fresh: [Record.ID: Record]
    do throws(CloudAPIError) {
      fresh = try await readAgain(targets.map(\.id), in: scope)
    } catch {
      return .failure(error)
    }
    var changes: [String: String] = [:]
    for target in targets {
      guard let now = fresh[target.id] else {
        changes[target.id.rawValue] = "it is gone already"
        continue
      }
      if now != target { changes[target.id.rawValue] = difference(from: target, to: now) }
    }
    // The rows are to show what it says.
    if !changes.isEmpty, scope == self.scope, !Task.isCancelled { refresh() }
    return .success(changes)
  }

  func readAgain(_ ids: [Record.ID], in scope: Scope) async throws(CloudAPIError) -> [Record.ID: Record] {
    guard resource.get != nil, ids.count <= Self.readOneByOne else {
      let wanted = Set(ids)
      let all = try await resource.records(context.client, scope).filter { wanted.contains($0.id) }
      return Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let results = await withTaskGroup(of: Result<Record?, CloudAPIError>.self) { group in
      for id in ids { group.addTask { await self.readAgain(id, in: scope) } }
      var results: [Result<Record?, CloudAPIError>] = []
      for await result in group { results.append(result) }
      return results
    }
    var fresh: [Record.ID: Record] = [:]
    for result in results {
      if let record = try result.get() { fresh[record.id] = record }
    }
    return fresh
  }

  private func readAgain(_ id: Record.ID, in scope: Scope) async -> Result<Record?, CloudAPIError> {
    do throws(CloudAPIError) {
      return .success(try await reread(id, in: scope))
    } catch {
      return .failure(error)
    }
  }
}

extension CloudAPIError {
  /// Whether sending more of the same is of no use, or nobody knows whether it is.
  public var endsABatch: Bool {
    switch code {
    case .validation, .paymentRequired, .notFound, .conflict, .rejected: false
    default: true
    }
  }
}
