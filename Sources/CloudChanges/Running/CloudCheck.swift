import CloudAPI
import FoundationEssentials

/// Which clouds a run may leave without an admin, and the admins that a review read.
public struct AdminRule: Sendable {
  public enum Exception: Hashable, Sendable {
    case none
    case clouds(Set<Cloud.ID>)
    case all
  }

  /// Where the user wants it so.
  public var exception: Exception
  /// The admins by cloud, as read by the review of the changes; what is missing is read before sending.
  public var reviewed: [Cloud.ID: CloudAdmins]

  public init(except exception: Exception = .none, reviewed: [Cloud.ID: CloudAdmins] = [:]) {
    self.exception = exception
    self.reviewed = reviewed
  }

  func allows(_ cloud: Cloud.ID) -> Bool {
    switch exception {
    case .none: false
    case .clouds(let clouds): clouds.contains(cloud)
    case .all: true
    }
  }
}

/// Checks the changes of one cloud before they are sent: their records, if they were reviewed too long ago, and whether
/// an admin remains.
@MainActor
final class CloudCheck {
  let cloud: Cloud.ID?
  private let run: ChangeRun
  private let reader: CloudReader
  private let now: @MainActor () -> Date
  private var reviewed: Date?
  private(set) var admins: CloudAdmins?
  private var isJudged = false
  /// The outcomes of changes that must not be sent, by index.
  private var held: [Int: Outcome] = [:]

  init(_ cloud: Cloud.ID?, of run: ChangeRun, reader: CloudReader, now: @escaping @MainActor () -> Date) {
    self.cloud = cloud
    self.run = run
    self.reader = reader
    self.now = now
    reviewed = run.reviewed
    admins = cloud.flatMap { run.admins.reviewed[$0] }
  }

  /// The outcome of a change that must not be sent; `nil` if it may be.
  ///
  /// - Parameter left: the changes of its lane that are still to be sent, itself included.
  func outcome(of index: Int, among left: some Sequence<Int>) async -> Outcome? {
    if let time = reviewed, now().timeIntervalSince(time) > ChangeRunner.reviewLife {
      await reread(left.filter { run.changes[$0].before != nil || run.changes[$0].action == .invite })
      reviewed = now()
    }
    if !isJudged, let cloud { await judge(cloud) }
    return held[index]
  }

  /// Takes over the outcome of a change.
  func take(_ outcome: Outcome, of index: Int) {
    let change = run.changes[index]
    switch outcome {
    case .applied, .alreadySo: admins?.apply(change)
    // An admin who was to be made isn't: whether others may go is judged again.
    case .stale, .refused, .notSent, .unresolved: if change.makesAdmin { isJudged = false }
    }
    // Whoever may have lost the role doesn't count.
    if case .unresolved = outcome, !change.makesAdmin { admins?.apply(change) }
  }

  /// Reads the records of changes again.
  private func reread(_ indices: [Int]) async {
    let changes = indices.map { run.changes[$0] }
    let time = now()
    let fresh = await run.reading { [reader] in await Review(reader).read(changes, at: time) }
    for (index, finding) in zip(indices, fresh.findings) {
      switch finding {
      case .unread(let error): held[index] = .notSent(.unread(error))
      case .now(let record): held[index] = Self.stale(run.changes[index], record)
      case .already(let text): held[index] = .notSent(.already(text))
      case .none: held[index] = Self.stale(run.changes[index], nil)
      }
    }
    admins = cloud.flatMap { fresh.admins[$0] }
    isJudged = false
  }

  private static func stale(_ change: Change, _ now: Snapshot?) -> Outcome? {
    guard let before = change.before else { return nil }
    guard let now else {
      return change.action == .remove ? .alreadySo(Effect(change.target, .gone), after: nil) : .stale(now: nil)
    }
    return change.isUnaffected(by: before, now) ? nil : .stale(now: now)
  }

  /// Holds back the changes that would leave the cloud without an admin, judged by all changes of the run there.
  private func judge(_ cloud: Cloud.ID) async {
    isJudged = true
    guard !run.admins.allows(cloud) else { return }
    let open = run.open(in: cloud).filter { held[$0.index] == nil }
    let ending = open.filter { $0.change.mayEndAdmin && $0.change.before?.isAdmin != false }
    guard !ending.isEmpty else { return }
    if admins == nil {
      let review = await run.reading { [reader] in
        var review = CloudReview(reader, cloud, ending.map(\.change))
        await review.read()
        return review
      }
      admins = review.admins
      for (index, change) in ending {
        if case .unread(let error) = review.finding(of: change) { held[index] = .notSent(.adminsUnread(error)) }
      }
    }
    guard let found = admins?.lastAdmins(open) else { return }
    for index in found.changes { held[index] = .notSent(.lastAdmin(found)) }
  }
}
