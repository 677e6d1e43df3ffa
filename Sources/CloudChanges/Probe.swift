import CloudAPI
import FoundationEssentials

/// The records of a list before a change was sent.
public struct Baseline: Hashable, Sendable {
  public let ids: Set<String>
  /// When they were read.
  public let asOf: Date

  public init(ids: Set<String>, asOf: Date) {
    self.ids = ids
    self.asOf = asOf
  }
}

/// The finding of one read after the response to a change was lost.
enum Finding: Hashable, Sendable {
  /// The change was applied, with the record now; `nil` if there is none.
  case done(Snapshot?)
  /// The change was not applied when it was read. It is uncertain if the record differs from what was sent and its
  /// state before is unknown.
  case notDone(isCertain: Bool)
  case undecided(String)

  fileprivate static var changedByOthers: Finding { .undecided("It matches neither its old state nor what was sent.") }
}

/// What distinguishes the record that a change created from those of others.
struct MakerKnowledge {
  /// The records before; `nil` if the list was not read.
  let baseline: Baseline?
  /// The author of records created with this key, if known.
  let author: Author?
  /// Whether a record was created by a change that did get a response, and so not by the unresolved one.
  let isAnswered: @MainActor (ChangeTarget) -> Bool
}

extension CloudReader {
  /// Reads what decides whether a change was applied.
  @MainActor
  func probe(_ change: Change, _ knowledge: MakerKnowledge) async throws(CloudAPIError) -> Finding {
    switch change.action {
    case .remove: try await isThere(change.target) ? .notDone(isCertain: true) : .done(nil)
    case .edit, .replace: try await probeEdit(change)
    case .create: Self.created(change, among: try await records(like: change), knowledge)
    case .invite: Self.invited(change, among: try await records(like: change), knowledge)
    case .resend, .createDemo: .undecided("Reading can't show it.")
    }
  }

  /// Whether a record exists. If a proxy answers requests for single records, the list decides.
  private func isThere(_ target: ChangeTarget) async throws(CloudAPIError) -> Bool {
    do throws(CloudAPIError) {
      return try await read(target) != nil
    } catch {
      guard case .badResponse = error.code else { throw error }
      return try await readAll(target.kind, in: target.cloud) { $0.id == target.id }.isEmpty == false
    }
  }

  /// Compares the fields that were sent.
  private func probeEdit(_ change: Change) async throws(CloudAPIError) -> Finding {
    guard let now = try await read(change.target) else { return .undecided("It is gone by now.") }
    guard let content = change.call.content else { return .notDone(isCertain: true) }
    if now.holds(content) { return .done(now) }
    guard let before = change.before?.contents else { return .notDone(isCertain: false) }
    let after = now.contents
    return content.fields.keys.allSatisfy { before[$0] == after[$0] }
      ? .notDone(isCertain: true) : .changedByOthers
  }

  private func records(like change: Change) async throws(CloudAPIError) -> [Snapshot] {
    guard let content = change.call.content else { return [] }
    return try await readAll(change.kind, in: change.target.cloud) { record in
      // An address has one invitation, whatever its other fields.
      change.action == .invite ? record.isFor(content) : record.holds(content)
    }
  }

  /// Looks for a record with the fields that were sent, an id that is new since the baseline, and no other author. A
  /// matching name alone proves nothing: another user may have created a record with the same name.
  @MainActor
  private static func created(_ change: Change, among found: [Snapshot], _ knowledge: MakerKnowledge) -> Finding {
    if found.isEmpty { return .notDone(isCertain: true) }
    guard let baseline = knowledge.baseline else {
      return .undecided("There is a \(change.kind.rawValue) of that name, but it may be older.")
    }
    let possible = found.filter { record in
      guard isNew(record, change, knowledge) else { return false }
      guard let author = knowledge.author, let maker = record.author else { return true }
      return author == maker
    }
    if possible.isEmpty { return .notDone(isCertain: true) }
    if case .person? = knowledge.author, let own = possible.first(where: { $0.author == knowledge.author }) {
      return .done(own)
    }
    // Without a known author, a single new record with all fields as sent is taken for the one sent.
    if possible.count == 1, let only = possible.first, only.author?.name == nil { return .done(only) }
    let makers = possible.compactMap { $0.author?.name }
    return .undecided(
      "There is one of that name now, made since \(LocalTime.hourAndMinute(baseline.asOf))"
        + (makers.isEmpty ? "" : " by \(makers.joined(separator: " and by "))") + ": it may be yours or someone else's."
    )
  }

  /// Looks for an invitation as it was sent that was not pending before. If another user sent an identical one, the
  /// result is the same: the address has one invitation, with the redirect address that was to be sent.
  @MainActor
  private static func invited(_ change: Change, among found: [Snapshot], _ knowledge: MakerKnowledge) -> Finding {
    if found.isEmpty { return .notDone(isCertain: true) }
    guard let baseline = knowledge.baseline else {
      return .undecided("An invitation is pending, but it may be older.")
    }
    let new = found.filter { isNew($0, change, knowledge) }
    if let same = new.first(where: { change.call.content.map($0.holds) == true }) { return .done(same) }
    guard case .invitation(let other)? = new.first else {
      return .undecided("It was already pending: the list doesn't show whether another e-mail went out.")
    }
    return .undecided(
      "One is pending now, made since \(LocalTime.hourAndMinute(baseline.asOf)), but it leads to "
        + "\(other.redirectURI ?? "nowhere") as \(RoleText.title(other.role)): it may be someone else's.")
  }

  @MainActor
  private static func isNew(_ record: Snapshot, _ change: Change, _ knowledge: MakerKnowledge) -> Bool {
    knowledge.baseline?.ids.contains(record.id) == false
      && !knowledge.isAnswered(ChangeTarget(record, in: change.target.cloud))
  }
}

extension Snapshot {
  /// The author of the record; `nil` if the service doesn't tell.
  var author: Author? {
    guard case .cloud(let cloud) = self else { return nil }
    return cloud.creator.map { .person(id: $0.id.rawValue, name: UserText.nameAndEmail($0)) } ?? .application
  }

  /// Whether it is an invitation to the same address as the content.
  fileprivate func isFor(_ content: Call.Content) -> Bool {
    contents[.email] != nil && contents[.email] == content.fields[.email]
  }
}
