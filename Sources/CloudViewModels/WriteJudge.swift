import CloudAPI
import FoundationEssentials

/// What a write was to bring about, told by reading alone.
struct WriteJudge<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>
where Record.ID == Identifier<Record> {
  /// What was found.
  enum Finding {
    /// It was carried out, and this is the record now; `nil` where there is none.
    case done(Record?)
    case notDone
    case undecided(String)
  }

  /// The record that it was to take away; `nil` where it makes or changes one.
  var removed: Record.ID?
  /// Reads what decides.
  let read: @MainActor (ListModel<Record, Scope>, Scope) async throws(CloudAPIError) -> Finding
}

/// The records that were known when a write was sent.
struct KnownRecords<ID: Hashable & Sendable>: Sendable {
  let ids: Set<ID>
  /// When they were read.
  let asOf: Date
}

extension WriteJudge {
  /// A record as it was sent, of an id that was not known before, that nobody else is named for as its maker. A name alone
  /// proves nothing: a colleague may have given the same one meanwhile.
  ///
  /// - Parameters:
  ///   - known: the records before it was sent; `nil` where the list had not been read.
  ///   - author: who makes what is made with this key, where that is known.
  static func created(
    _ sent: FormValues, _ creation: Creation<Record, Scope>, known: KnownRecords<Record.ID>?, by author: Author?
  ) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      let title = sent.line("name")
      let found = try await list.resource.records(list.context.client, scope).filter {
        list.resource.title($0) == title && list.resource.isAsSent($0, sent)
      }
      if found.isEmpty { return .notDone }
      guard let known else {
        return .undecided("There is a \(list.names.singular) of that name, but it may be older.")
      }
      let possible = found.filter { record in
        guard !known.ids.contains(record.id), !list.context.writes.isAnswered(list.target(record.id, in: scope)) else {
          return false
        }
        guard let author, let maker = creation.author(record) else { return true }
        return author == maker
      }
      if possible.isEmpty { return .notDone }
      if case .person? = author, let own = possible.first(where: { creation.author($0) == author }) {
        return .done(own)
      }
      // Where nobody is named for it, the only new one, in every field as it was sent, is the one that was sent.
      if possible.count == 1, let only = possible.first, creation.author(only)?.name == nil { return .done(only) }
      let makers = possible.compactMap { creation.author($0)?.name }
      return .undecided(
        "There is one of that name now, made since \(LocalTime.hourAndMinute(known.asOf))"
          + (makers.isEmpty ? "" : " by \(makers.joined(separator: " and by "))") + ": it may be yours or another's.")
    }
  }

  /// The fields as they were sent.
  static func edited(_ target: Record, _ changes: FormValues, _ editing: Editing<Record, Scope>) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      guard let now = try await list.reread(target.id, in: scope) else { return .gone }
      let (before, after) = (editing.values(target), editing.values(now))
      if changes.allSatisfy({ id, value in after[id].map(value.isSame) ?? false }) { return .done(now) }
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
        if try document.replacement(text, now) == nil { return .done(now) }
      } catch {
        return .undecided(error.message)
      }
      return json == document.json(target) ? .notDone : .changedByOthers
    }
  }

  /// Nothing of that id.
  static func removed(_ id: Record.ID) -> WriteJudge {
    WriteJudge(removed: id) { list, scope throws(CloudAPIError) in
      try await list.reread(id, in: scope) == nil ? .done(nil) : .notDone
    }
  }
}

extension WriteJudge where Record == CloudInvitation, Scope == CloudScope {
  /// An invitation as it was sent, that was not pending before. Where a colleague sent the very same, nobody can tell, and
  /// it makes no difference: that address has one invitation, which leads where it was to lead.
  ///
  /// - Parameter known: the invitations before it was sent; `nil` where they had not been read.
  static func invited(_ draft: CloudInvitationDraft, known: KnownRecords<CloudInvitation.ID>?) -> WriteJudge {
    WriteJudge { list, scope throws(CloudAPIError) in
      let found = try await list.resource.records(list.context.client, scope).filter { $0.isFor(draft.email) }
      if found.isEmpty { return .notDone }
      guard let known else { return .undecided("An invitation is pending, but it may be older.") }
      let new = found.filter {
        !known.ids.contains($0.id) && !list.context.writes.isAnswered(list.target($0.id, in: scope))
      }
      if let same = new.first(where: { $0.isAsSent(draft) }) { return .done(same) }
      if let other = new.first {
        return .undecided(
          "One is pending now, made since \(LocalTime.hourAndMinute(known.asOf)), but it leads to "
            + "\(other.redirectURI ?? "nowhere") as \(RoleText.title(other.role)): it may be another's.")
      }
      return .undecided("It was pending before: the list doesn't tell whether another e-mail went out.")
    }
  }
}

extension WriteJudge.Finding {
  fileprivate static var gone: Self { .undecided("It is gone by now.") }
  fileprivate static var changedByOthers: Self { .undecided("It is neither as it was nor as it was sent.") }
}

extension Resource {
  /// Whether a record holds what was sent, as far as its form tells.
  fileprivate func isAsSent(_ record: Record, _ sent: FormValues) -> Bool {
    guard let values = editing?.values(record) else { return true }
    return sent.allSatisfy { id, value in values[id].map(value.isSame) ?? true }
  }
}

extension CloudInvitation {
  fileprivate func isFor(_ address: String) -> Bool {
    email.lowercased() == address.lowercased()
  }

  /// Whether it says what was sent, as far as it says it.
  fileprivate func isAsSent(_ draft: CloudInvitationDraft) -> Bool {
    (redirectURI.map { $0 == draft.redirectURI } ?? true)
      && (draft.role == nil || role == nil || role == draft.role)
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
