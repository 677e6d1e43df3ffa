import CloudAPI
import FoundationEssentials

/// The records of a list that were known before a change was sent.
public struct Baseline: Hashable, Sendable {
  public let ids: Set<String>
  /// When they were read.
  public let asOf: Date

  public init(ids: Set<String>, asOf: Date) {
    self.ids = ids
    self.asOf = asOf
  }
}

/// What reading finds of a change whose answer was lost.
enum Finding: Hashable, Sendable {
  /// It was carried out, and this is the record now; `nil` where there is none.
  case done(Snapshot?)
  /// It was not by the time of reading. Where it isn't certain, the record is not as it was sent, and what it was before
  /// isn't known.
  case notDone(isCertain: Bool)
  case undecided(String)

  fileprivate static var changedByOthers: Finding { .undecided("It matches neither its old state nor what was sent.") }
}

/// What tells the record that a change made from those of others.
struct MakerKnowledge {
  /// `nil` where the list had not been read before.
  let baseline: Baseline?
  /// Who makes what is made with this key, where that is known.
  let author: Author?
  /// Whether an answer said that a record was made here, so that it is none whose answer was lost.
  let isAnswered: @MainActor (ChangeTarget) -> Bool
}

extension CloudReader {
  /// Reads what decides whether a change was carried out.
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

  /// What answers in a service's place may do so for single records alone: a list that can be read decides, too.
  private func isThere(_ target: ChangeTarget) async throws(CloudAPIError) -> Bool {
    do throws(CloudAPIError) {
      return try await read(target) != nil
    } catch {
      guard case .badResponse = error.code else { throw error }
      return try await readAll(target.kind, in: target.cloud) { $0.id == target.id }.isEmpty == false
    }
  }

  /// The fields as they were sent.
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
      // An address has one invitation, whatever else it says.
      change.action == .invite ? record.isFor(content) : record.holds(content)
    }
  }

  /// A record as it was sent, of an id that was not known before, that nobody else is named for as its maker. A name alone
  /// proves nothing: a colleague may have given the same one meanwhile.
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
    // Where nobody is named for it, the only new one, in every field as it was sent, is the one that was sent.
    if possible.count == 1, let only = possible.first, only.author?.name == nil { return .done(only) }
    let makers = possible.compactMap { $0.author?.name }
    return .undecided(
      "There is one of that name now, made since \(LocalTime.hourAndMinute(baseline.asOf))"
        + (makers.isEmpty ? "" : " by \(makers.joined(separator: " and by "))") + ": it may be yours or someone else's.")
  }

  /// An invitation as it was sent, that was not pending before. Where a colleague sent the very same, nobody can tell, and
  /// it makes no difference: that address has one invitation, which leads where it was to lead.
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
  /// Who made it; `nil` where the service doesn't tell.
  var author: Author? {
    guard case .cloud(let cloud) = self else { return nil }
    return cloud.creator.map { .person(id: $0.id.rawValue, name: UserText.nameAndEmail($0)) } ?? .application
  }

  /// Whether it is an invitation of the address that another was sent to.
  fileprivate func isFor(_ content: Call.Content) -> Bool {
    contents[.email] != nil && contents[.email] == content.fields[.email]
  }
}
