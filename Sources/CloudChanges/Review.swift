public import CloudAPI
public import FoundationEssentials

/// What a review found out about changes before they are sent.
public struct Reviewed: Sendable {
  /// What was found out about one change.
  public enum Finding: Hashable, Sendable {
    /// The record as it is now.
    case now(Snapshot)
    /// The record is gone, or isn't made yet.
    case none
    /// The person to be invited is a member or invited already, with that in words.
    case already(String)
    case unread(CloudAPIError)
  }

  /// By index of the change.
  public internal(set) var findings: [Finding]
  /// The admins of the clouds where one is to be removed or to get another role.
  public internal(set) var admins: [Cloud.ID: CloudAdmins] = [:]
  /// The invitations that were pending where somebody is to be invited.
  var pending: Set<String> = []
  /// When it was begun.
  public let time: Date

  /// The current records, in the order of the changes; `nil` for a record that is gone or doesn't exist yet.
  ///
  /// - Throws: the first error, if a record couldn't be read.
  public func records() throws(CloudAPIError) -> [Snapshot?] {
    var records: [Snapshot?] = []
    for finding in findings {
      switch finding {
      case .now(let record): records.append(record)
      case .none, .already: records.append(nil)
      case .unread(let error): throw error
      }
    }
    return records
  }

  /// What the lists held where somebody is to be invited.
  public var baseline: Baseline { Baseline(ids: pending, asOf: time) }
}

/// Reads what the user must know before changes are sent: the current records, the admins that remain, and what is lost.
public struct Review: Sendable {
  private let client: CloudReader
  private let cloudsAtOnce: Int

  /// - Parameter cloudsAtOnce: the most clouds that are read at the same time.
  public init(_ client: CloudReader, cloudsAtOnce: Int = ChangeRunner.lanesAtOnce) {
    self.client = client
    self.cloudsAtOnce = cloudsAtOnce
  }

  /// Reads the records of the changes again, cloud by cloud, each list at most once.
  ///
  /// The users of a cloud are read as a list where an admin is to be removed or to get another role, and its users and
  /// invitations where somebody is to be invited. After an error that every other cloud would give, such as for a
  /// refused key, nothing more is read.
  public func read(_ changes: [Change], at now: Date) async -> Reviewed {
    let clouds = Dictionary(grouping: changes.indices) { changes[$0].target.cloud }
    let order = clouds.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }
    var reviewed = Reviewed(findings: changes.map { _ in .none }, time: now)
    await withTaskGroup(of: (indices: [Int], review: CloudReview).self) { group in
      var failure: CloudAPIError?
      func take(_ indices: [Int], _ review: CloudReview) {
        failure = failure ?? review.failureOfAll
        for (index, change) in zip(indices, review.changes) { reviewed.findings[index] = review.finding(of: change) }
        if let cloud = review.cloud { reviewed.admins[cloud] = review.admins }
        reviewed.pending.formUnion(review.pending)
      }
      for (position, (cloud, indices)) in order.enumerated() {
        if position >= cloudsAtOnce, let (indices, review) = await group.next() { take(indices, review) }
        if let failure {
          for index in indices { reviewed.findings[index] = .unread(failure) }
          continue
        }
        group.addTask { [client] in
          var review = CloudReview(client, cloud, indices.map { changes[$0] })
          await review.read()
          return (indices, review)
        }
      }
      for await (indices, review) in group { take(indices, review) }
    }
    return reviewed
  }

  /// The ids in the lists where the changes create records; `nil` if they create none or a list can't be read.
  public func baseline(of changes: [Change], at now: Date) async throws(CloudAPIError) -> Baseline? {
    let lists = Set(changes.filter(\.isNew).map { ChangeTarget($0.kind, in: $0.target.cloud, .new("")) })
    guard !lists.isEmpty else { return nil }
    var ids: Set<String> = []
    for list in lists {
      do throws(CloudAPIError) {
        ids.formUnion(try await client.readAll(list.kind, in: list.cloud).map(\.id))
      } catch {
        if case .forbidden = error.code { return nil }
        throw error
      }
    }
    return Baseline(ids: ids, asOf: now)
  }

  /// The changes with the records before, which tell whether an edit was applied if its response is lost. An edit
  /// whose record can't be read stays as it is.
  public func withRecordsBefore(_ changes: [Change]) async -> [Change] {
    var changes = changes
    for (index, change) in changes.enumerated() where change.isEdit && change.before == nil {
      if let record = try? await client.read(change.target) { changes[index] = change.with(before: record) }
    }
    return changes
  }

  /// What a consequence is: how much is lost.
  ///
  /// - Parameters:
  ///   - changes: all changes that are reviewed together: what they remove loses nothing.
  ///   - others: returns the other records of the list, some of which may lose something; `nil` to read them.
  public func finding(
    of consequence: Change.Consequence, _ change: Change, among changes: [Change] = [],
    others: (@Sendable () async -> [Snapshot])? = nil
  ) async -> Change.Consequence.Finding {
    let cloud = Cloud.ID(rawValue: change.call.ids.first ?? "")
    do throws(CloudAPIError) {
      switch consequence {
      case .text(let text): return .known(text)
      case .files:
        guard let bytes = try await client.read(.getCloudSize(cloud)).bytes else { return consequence.unread() }
        return bytes == 0 ? .nothing : .known("\(ByteText.format(bytes)) of files")
      case .users: return counted(try await client.read(.getCloudUsers(cloud)).count, "user's access", "users' access")
      case .invitations:
        return counted(try await client.read(.getCloudInvitations(cloud)).count, "invitation", "invitations")
      case .processors:
        return counted(try await client.read(.cloudProcessorList(cloud)).count, "processor", "processors")
      case .orphans:
        if let others { return .known(Self.orphans(of: change.target.id ?? "", among: await others())) }
        let gone = Set(changes.filter { $0.action == .remove }.compactMap(\.target.id))
        let all = try await client.readAll(.processor, in: change.target.cloud) { !gone.contains($0.id) }
        return .known(Self.orphans(of: change.target.id ?? "", among: all))
      }
    } catch {
      // An edition without them has none to lose.
      if case .unsupported = error.code { return .nothing }
      return consequence.unread()
    }
  }

  private func counted(_ count: Int, _ singular: String, _ plural: String) -> Change.Consequence.Finding {
    count == 0 ? .nothing : .known(Count.text(count, singular, plural))
  }

  private static func orphans(of id: String, among all: [Snapshot]) -> String {
    let children = all.compactMap(Processor.init).filter { $0.parentProcessors.contains { $0.rawValue == id } }
      .map(\.name)
    if children.isEmpty { return "nothing runs after it" }
    return children.joined(separator: ", ") + (children.count == 1 ? " loses its parent" : " lose this parent")
  }
}
