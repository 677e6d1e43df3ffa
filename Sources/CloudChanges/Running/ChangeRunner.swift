public import CloudAPI
public import FoundationEssentials

/// Sends all changes, each once and in lanes; if a response is lost, reading decides.
///
/// Changes within a cloud are sent one after the other, those of several clouds concurrently, and changes of clouds
/// themselves one after the other.
@MainActor
public final class ChangeRunner {
  public let outstanding: OutstandingChanges
  /// Called with the effects of changes in one cloud, including those found later.
  public var onEffects: @MainActor ([Effect]) -> Void = { _ in }
  /// Called for each change whose response was lost, before anything is read.
  public var onUnresolved: @MainActor (UnresolvedChange) -> Void = { _ in }

  /// The only client that writes.
  private let client: CloudAPIClient
  private let reader: CloudReader
  private let activity: Activity
  private let clock: any Clock<Duration>
  private let now: @MainActor () -> Date
  private let reads: Bool

  /// Seconds that a review is valid: records reviewed earlier are read again before they are changed.
  package static let reviewLife = 30.0
  /// The most lanes that are sent at the same time.
  private static let lanesAtOnce = 4
  /// The delay of the second read after a lost response, within which a service usually applies a change.
  private static let patience = Duration.seconds(10)
  /// The least time, from sending, during which a service may still process a request.
  private static let workLimit = Duration.seconds(30)

  /// - Parameter reads: whether to find out by reading if a change was applied whose response was lost.
  public init(
    client: CloudAPIClient, activity: Activity, clock: any Clock<Duration>, reads: Bool = true,
    now: @escaping @MainActor () -> Date
  ) {
    self.reads = reads
    self.client = client
    reader = CloudReader(client)
    self.activity = activity
    self.clock = clock
    self.now = now
    outstanding = OutstandingChanges(now: now)
  }

  /// Sends changes, each once. They are outstanding from now on.
  ///
  /// - Parameters:
  ///   - reviewed: when their records were read; `nil` if they were not reviewed.
  ///   - baseline: for changes that create records, the list before; `nil` if it was not read.
  ///   - reservation: the reservation that kept the changes outstanding until now.
  ///   - report: called with the index of each change when it is sent and when its outcome is known.
  public func run(
    _ changes: [Change], reviewed: Date? = nil, baseline: Baseline? = nil, reservation: Reservation? = nil,
    report: @escaping @MainActor (Int, ChangeRun.Progress) -> Void = { _, _ in }
  ) -> ChangeRun {
    let run = ChangeRun(changes, reviewed: reviewed, baseline: baseline, report: report)
    run.plan = reservation?.plan ?? outstanding.beginPlan(changes)
    outstanding.setUnsent(changes, of: run.plan)
    guard !activity.isStopped else {
      run.stop()
      settle(run)
      return run
    }
    activity.run { [self] in await perform(run) }
    return run
  }

  /// A reservation for changes that will be sent after something is read.
  public struct Reservation: Sendable {
    fileprivate let plan: Int
  }

  /// Keeps changes outstanding until `release`, or until the end of a run that takes over the reservation.
  public func reserve(_ changes: [Change]) -> Reservation {
    Reservation(plan: outstanding.beginPlan(changes))
  }

  public func release(_ reservation: Reservation) {
    outstanding.setUnsent([], of: reservation.plan)
  }

  private func perform(_ run: ChangeRun) async {
    let lanes = run.lanes
    run.lanesLeft = lanes.count
    await withTaskGroup(of: Void.self) { group in
      for (position, lane) in lanes.enumerated() {
        if position >= Self.lanesAtOnce { await group.next() }
        group.addTask { await self.perform(lane, of: run) }
      }
    }
    settle(run)
  }

  private func settle(_ run: ChangeRun) {
    for (index, outcome) in run.outcomes.enumerated() where outcome == nil {
      run.end(index, .notSent(run.isStopping ? .stopped : .ended))
    }
    outstanding.setUnsent([], of: run.plan)
    let effects = run.effects
    run.finished { [self] in if !effects.isEmpty { onEffects(effects) } }
    activity.changed()
  }

  private func perform(_ lane: [Int], of run: ChangeRun) async {
    var effects: [Effect] = []
    var reviewed = run.reviewed
    var stale: [Int: Outcome] = [:]
    for (position, index) in lane.enumerated() {
      if let time = reviewed, now().timeIntervalSince(time) > Self.reviewLife {
        stale = await recheck(lane[position...], of: run)
        reviewed = now()
      }
      guard !run.isStopping, !run.hasEnded, !Task.isCancelled else { break }
      let outcome = if let outcome = stale[index] { outcome } else { await perform(index, of: run) }
      switch outcome {
      case .applied(let effect), .alreadySo(let effect, _): effects.append(effect)
      case .unresolved(let unresolved):
        // A rate-limited service must not be read before the stated time.
        if case .rateLimited = unresolved.error.code { break }
        effects.append(Effect(unresolved.change.target, .readAgain))
      case .stale, .refused, .notSent: break
      }
      run.end(index, outcome)
      activity.changed()
      if run.takes(outcome) { break }
    }
    run.lanesLeft -= 1
    if run.lanesLeft == 0 { run.effects = effects } else if !effects.isEmpty { onEffects(effects) }
  }

  private func perform(_ index: Int, of run: ChangeRun) async -> Outcome {
    let change = run.changes[index]
    let entry = outstanding.open(change)
    run.begin(index)
    outstanding.setUnsent(run.unsent, of: run.plan)
    activity.changed()
    let sending = LastSending(clock)
    do throws(CloudAPIError) {
      let effect = try await client.send(change, telling: sending)
      outstanding.close(entry)
      wasDone(change, effect, in: run)
      return .applied(effect)
    } catch {
      if error.leavesDoubt {
        // The time without signing in, detecting the edition and connecting; now, if the transport didn't report it.
        let sent = now().addingTimeInterval(-(sending.elapsed ?? .zero).seconds)
        outstanding.setSent(at: sent, entry)
        return .unresolved(resolve(change, entry, sentAt: sent, run.baseline, after: error))
      }
      outstanding.close(entry)
      guard change.action == .remove, error.code == .notFound else { return .refused(error) }
      return .alreadySo(Effect(change.target, .gone), after: error)
    }
  }

  private func wasDone(_ change: Change, _ effect: Effect, in run: ChangeRun) {
    if change.isNew, case .now(let record) = effect.state { outstanding.wasMade(effect.target, by: record.author) }
    run.commands.append(change.command)
    if let command = CommandLineText.several(run.commands) { outstanding.done(command) }
  }

  /// Reads records again whose review is too old.
  ///
  /// - Returns: the outcomes of changes that must not be sent, because their records differ or can't be read.
  private func recheck(_ indexes: ArraySlice<Int>, of run: ChangeRun) async -> [Int: Outcome] {
    let known = indexes.filter { run.changes[$0].before != nil }
    var outcomes: [Int: Outcome] = [:]
    do throws(CloudAPIError) {
      let fresh = try await Review(reader).records(of: known.map { run.changes[$0] })
      for (index, now) in zip(known, fresh) { outcomes[index] = Self.stale(run.changes[index], now) }
    } catch {
      for index in known { outcomes[index] = .notSent(.unread(error)) }
    }
    return outcomes
  }

  private static func stale(_ change: Change, _ now: Snapshot?) -> Outcome? {
    guard let before = change.before else { return nil }
    guard let now else {
      return change.action == .remove ? .alreadySo(Effect(change.target, .gone), after: nil) : .stale(now: nil)
    }
    return change.isUnaffected(by: before, now) ? nil : .stale(now: now)
  }
}

extension ChangeRunner {
  /// Starts to find out whether a change was applied whose response was lost, with reads after growing delays.
  private func resolve(
    _ change: Change, _ entry: OutstandingChanges.Entry, sentAt time: Date, _ baseline: Baseline?,
    after error: CloudAPIError
  ) -> UnresolvedChange {
    let unresolved = UnresolvedChange(change, entry, sentAt: time, in: outstanding, after: error)
    activity.whenStopped { [weak unresolved] in unresolved?.abandon() }
    onUnresolved(unresolved)
    guard change.isReadable, reads else { return unresolved }
    if case .rateLimited = error.code, let rest = ReadBackoff.rest(after: error, failures: 1, now: now()) {
      read(unresolved, baseline, after: rest)
    } else {
      read(unresolved, baseline)
    }
    return unresolved
  }

  private func read(
    _ unresolved: UnresolvedChange, _ baseline: Baseline?, after rest: Duration, failures: Int = 0,
    isSecond: Bool = false
  ) {
    _ = activity.run(after: rest, on: clock) { [self] in
      read(unresolved, baseline, failures: failures, isSecond: isSecond)
    }
  }

  /// - Parameter isSecond: whether an earlier read found that it was not done.
  private func read(
    _ unresolved: UnresolvedChange, _ baseline: Baseline?, failures: Int = 0, isSecond: Bool = false
  ) {
    activity.run { [self] in
      let knowledge = MakerKnowledge(
        baseline: baseline, author: outstanding.author, isAnswered: outstanding.isAnswered)
      do throws(CloudAPIError) {
        let began = now()
        switch try await reader.probe(unresolved.change, knowledge) {
        case .done(let record): settle(unresolved, as: record)
        case .undecided(let reason): settle(unresolved, .undecided(reason))
        case .notDone(let isCertain):
          unresolved.wasNotDone()
          notDone(unresolved, baseline, began: began, isSecond: isSecond, isCertain: isCertain)
        }
      } catch {
        guard error.code != .cancelled else { return }
        guard let rest = ReadBackoff.rest(after: error, failures: failures + 1, now: now()) else {
          return settle(unresolved, .undecided("It can't be re-read. \(error.sentence)"), isRead: false)
        }
        read(unresolved, baseline, after: rest, failures: failures + 1, isSecond: isSecond)
      }
    }
  }

  /// Handles a read that found nothing done. The change may still be applied: a user told to send it again might do it
  /// twice.
  private func notDone(
    _ unresolved: UnresolvedChange, _ baseline: Baseline?, began: Date, isSecond: Bool, isCertain: Bool
  ) {
    let limit = max(Self.workLimit, client.configuration.requestTimeLimit)
    let until = unresolved.since.addingTimeInterval(limit.seconds)
    guard isSecond else { return read(unresolved, baseline, after: Self.patience, isSecond: true) }
    guard began < until else {
      return settle(
        unresolved,
        isCertain ? .notDone : .undecided("It differs from what was sent, and its earlier state is unknown."))
    }
    unresolved.settle(.notDoneYet(until: until), at: now())
    activity.changed()
    let rest = Duration.seconds(Int(max(1, until.timeIntervalSince(now()).rounded(.up))))
    read(unresolved, baseline, after: rest, isSecond: true)
  }

  private func settle(_ unresolved: UnresolvedChange, as record: Snapshot?) {
    let change = unresolved.change
    let target = record.map { ChangeTarget($0, in: change.target.cloud) } ?? change.target
    let effect = Effect(target, record.map { .now($0) } ?? .gone, isLate: true)
    // The record must not be attributed to another unresolved change, too.
    if change.isNew, record != nil { outstanding.wasMade(target, by: nil) }
    unresolved.settle(.done, at: now(), with: effect)
    onEffects([effect])
    activity.changed()
  }

  private func settle(_ unresolved: UnresolvedChange, _ resolution: Resolution, isRead: Bool = true) {
    unresolved.settle(resolution, at: now())
    if isRead { onEffects([Effect(unresolved.change.target, .readAgain, isLate: true)]) }
    activity.changed()
  }
}

extension CloudAPIError {
  /// Whether the write may have been applied despite the error. A redirect after a write often means that it was, and a
  /// rate limit may come from a proxy that also forwarded the request.
  var leavesDoubt: Bool {
    // A request that precedes the write failed: for the edition or a token.
    guard !isSigningIn, !request.hasPrefix("GET ") else { return false }
    return switch code {
    case .unexpectedRedirect, .rateLimited, .outcomeUnknown: true
    default: false
    }
  }

  /// What happened and what to do about it.
  public var sentence: String {
    [message, advice].compactMap { $0 }.joined(separator: " ")
  }
}
