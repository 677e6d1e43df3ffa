import CloudAPI

/// What a write was to bring about, told by reading alone.
struct WriteJudge<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>
where Record.ID == Identifier<Record> {
  /// Reads what decides.
  let read: @MainActor (ListModel<Record, Scope>, Scope) async throws(CloudAPIError) -> Verdict
}

extension ListModel {
  /// Begins to find out what became of a write whose answer was lost: the list is read again for the screen, and what
  /// decides for the verdict, as often as it takes and with growing rests.
  func doubt(_ description: String, in scope: Scope, _ judge: WriteJudge<Record, Scope>) -> Doubt {
    if scope == self.scope { refresh() }
    let doubt = Doubt(description, context: context)
    decide(doubt, in: scope, judge, afterFailures: 0)
    return doubt
  }

  /// The ids of a scope's records; `nil` where they were not read.
  func known(in scope: Scope) -> Set<Record.ID>? {
    scope == self.scope && status.asOf != nil ? Set(records.map(\.id)) : nil
  }

  /// How long a service may still be at work on what it didn't answer.
  static var patience: Duration { .seconds(10) }

  /// - Parameter isSure: whether so much time has passed that what isn't done by now won't be.
  private func decide(
    _ doubt: Doubt, in scope: Scope, _ judge: WriteJudge<Record, Scope>, afterFailures failures: Int,
    isSure: Bool = false
  ) {
    context.activity.run { [self] in
      do throws(CloudAPIError) {
        let verdict = try await judge.read(self, scope)
        guard verdict == .notDone, !isSure else { return doubt.settle(verdict) }
        // It may be carried out yet: who is told now that it can be sent again may do it twice.
        _ = context.activity.run(after: Self.patience, on: context.clock) { [self] in
          decide(doubt, in: scope, judge, afterFailures: 0, isSure: true)
        }
      } catch {
        guard error.code != .cancelled else { return }
        guard let rest = ReadBackoff.rest(after: error, failures: failures + 1, now: context.now()) else {
          doubt.settle(.undecided("It can't be read again. \(error.sentence)"))
          return
        }
        _ = context.activity.run(after: rest, on: context.clock) { [self] in
          decide(doubt, in: scope, judge, afterFailures: failures + 1, isSure: isSure)
        }
      }
    }
  }
}

extension WriteJudge {
  /// A record of that title that was not known before.
  ///
  /// - Parameter known: the records before it was sent; `nil` where the list had not been read.
  static func created(_ title: String, known: Set<Record.ID>?, kind: String) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      let found = try await list.resource.records(list.context.client, scope).filter {
        list.resource.title($0) == title
      }
      if found.isEmpty { return .notDone }
      guard let known else { return .undecided("There is a \(kind) of that name, but it may be older.") }
      return found.contains { !known.contains($0.id) } ? .done : .notDone
    }
  }

  /// The fields as they were sent.
  static func edited(_ target: Record, _ changes: FormValues, _ editing: Editing<Record, Scope>) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      guard let now = try await list.reread(target.id, in: scope) else { return .gone }
      let (before, after) = (editing.values(target), editing.values(now))
      if changes.allSatisfy({ id, value in after[id].map(value.isSame) ?? false }) { return .done }
      return changes.keys.allSatisfy { before[$0] == after[$0] } ? .notDone : .changedByOthers
    }
  }

  /// The document as it was sent.
  static func replaced(
    _ target: Record, by text: String, _ document: RecordDocument<Record, Scope>
  ) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      guard let now = try await list.reread(target.id, in: scope) else { return .gone }
      let json = document.json(now)
      do throws(DocumentError) {
        if try document.replacement(text, now) == nil { return .done }
      } catch {
        return .undecided(error.message)
      }
      return json == document.json(target) ? .notDone : .changedByOthers
    }
  }

  /// Nothing of that id.
  static func removed(_ id: Record.ID) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in try await list.reread(id, in: scope) == nil ? .done : .notDone }
  }
}

extension WriteJudge where Record == CloudInvitation, Scope == CloudScope {
  /// An invitation for that address that was not pending before.
  ///
  /// - Parameter known: the invitations before it was sent; `nil` where they had not been read.
  static func invited(_ address: String, known: Set<CloudInvitation.ID>?) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      let found = try await list.resource.records(list.context.client, scope).filter { $0.isFor(address) }
      if found.isEmpty { return .notDone }
      guard let known else { return .undecided("An invitation is pending, but it may be older.") }
      if found.contains(where: { !known.contains($0.id) }) { return .done }
      return .undecided("It was pending before: the list doesn't tell whether another e-mail went out.")
    }
  }
}

extension Verdict {
  fileprivate static let gone = undecided("It is gone by now.")
  fileprivate static let changedByOthers = undecided("It is neither as it was nor as it was sent.")
}

extension CloudInvitation {
  fileprivate func isFor(_ address: String) -> Bool {
    email.lowercased() == address.lowercased()
  }
}

extension FormValue {
  /// Whether it says the same, blanks around a line and the order of picks aside.
  fileprivate func isSame(_ other: FormValue) -> Bool {
    switch (self, other) {
    case (.picks(let mine), .picks(let others)): Set(mine) == Set(others)
    default: text.trimmingBlanks() == other.text.trimmingBlanks()
    }
  }
}
