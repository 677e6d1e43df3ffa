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
  private let lanesAtOnce: Int
  private let me: String?
  /// The runs in progress, and who waits for their end.
  private var runs = 0
  private var waiters: [CheckedContinuation<Void, Never>] = []

  /// Seconds that a review is valid: records reviewed earlier are read again before they are changed.
  package static let reviewLife = 30.0
  /// The most lanes that are sent at the same time, unless the settings say otherwise.
  public nonisolated static let lanesAtOnce = 16
  /// The delay of the second read after a lost response, within which a service usually applies a change.
  private static let patience = Duration.seconds(10)
  /// The least time, from sending, during which a service may still process a request.
  private static let workLimit = Duration.seconds(30)

  /// - Parameters:
  ///   - reads: whether to find out by reading if a change was applied whose response was lost.
  ///   - lanesAtOnce: the most clouds whose changes are sent at the same time.
  ///   - me: the e-mail address of the user of skydeck, whose own access is changed last; `nil` if it isn't known.
  public init(
    client: CloudAPIClient, activity: Activity, clock: any Clock<Duration>, reads: Bool = true,
    lanesAtOnce: Int = ChangeRunner.lanesAtOnce, me: String? = nil, now: @escaping @MainActor () -> Date
  ) {
    self.reads = reads
    self.lanesAtOnce = lanesAtOnce
    self.me = me
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
  ///   - admins: the admins as reviewed, and which clouds may be left without one. A change that would leave any other
  ///     cloud without an admin is not sent.
  ///   - reservation: the reservation that kept the changes outstanding until now.
  ///   - report: called with the index of each change when it is sent and when its outcome is known.
  public func run(
    _ changes: [Change], reviewed: Date? = nil, baseline: Baseline? = nil, admins: AdminRule = AdminRule(),
    reservation: Reservation? = nil,
    report: @escaping @MainActor (Int, ChangeRun.Progress) -> Void = { _, _ in }
  ) -> ChangeRun {
    let run = ChangeRun(
      changes, plan: reservation?.plan ?? outstanding.beginPlan(changes), reviewed: reviewed, baseline: baseline,
      admins: admins, report: report)
    outstanding.setUnsent(changes, of: run.plan)
    guard !activity.isStopped else {
      run.stop()
      settle(run, delivering: [])
      return run
    }
    runs += 1
    activity.run { [self] in await perform(run) }
    return run
  }

  /// Returns once no change is being sent, at once if none is.
  public func untilNothingIsSent() async {
    while runs > 0 { await withCheckedContinuation { waiters.append($0) } }
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
    var checks: [Cloud.ID?: CloudCheck] = [:]
    // The user's own access comes last: without it, the rest might be refused.
    let turns = [run.lanes { !isOwn($0) }, run.lanes(isOwn)]
    run.begin(lanes: turns.joined().count)
    // The effects of the lane that ends last are delivered at the end of the run.
    var effects: [Effect] = []
    for lanes in turns {
      await withTaskGroup(of: [Effect].self) { group in
        for (position, lane) in lanes.enumerated() {
          if position >= lanesAtOnce { effects += await group.next() ?? [] }
          let cloud = lane.first.flatMap { run.changes[$0].target.lane }
          let check = checks[cloud] ?? CloudCheck(cloud, of: run, reader: reader, now: now)
          checks[cloud] = check
          group.addTask { await self.perform(lane, of: run, check) }
        }
        for await last in group { effects += last }
      }
    }
    runs -= 1
    settle(run, delivering: effects)
    guard runs == 0 else { return }
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// Whether a change is about the access of the user of skydeck.
  private func isOwn(_ change: Change) -> Bool { change.isAboutUser(at: me) }

  private func settle(_ run: ChangeRun, delivering effects: [Effect]) {
    for (index, outcome) in run.outcomes.enumerated() where outcome == nil {
      run.end(index, .notSent(run.isStopping ? .stopped : .ended))
    }
    outstanding.setUnsent([], of: run.plan)
    run.finished { [self] in if !effects.isEmpty { onEffects(effects) } }
    activity.changed()
  }

  /// - Returns: the effects that are not delivered yet: those of the last lane.
  private func perform(_ lane: [Int], of run: ChangeRun, _ check: CloudCheck) async -> [Effect] {
    var effects: [Effect] = []
    for (position, index) in lane.enumerated() {
      let held = await check.outcome(of: index, among: lane[position...])
      guard !run.isStopping, !run.hasEnded, !Task.isCancelled else { break }
      let outcome = if let held { held } else { await perform(index, of: run) }
      switch outcome {
      case .applied(let effect): effects.append(effect)
      case .alreadySo(let effect, _): effects += effect.withMembership
      case .unresolved(let unresolved):
        // A rate-limited service must not be read before the stated time.
        if case .rateLimited = unresolved.error.code { break }
        effects.append(Effect(unresolved.change.target, .readAgain))
      case .stale, .refused, .notSent: break
      }
      run.end(index, outcome)
      check.take(outcome, of: index)
      activity.changed()
      if run.takes(outcome) { break }
    }
    guard run.laneEnded(with: check.admins, of: check.cloud) else { return effects }
    if !effects.isEmpty { onEffects(effects) }
    return []
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
      if error.leavesOutcomeUnknown {
        // The time without signing in, detecting the edition and connecting; now, if the transport didn't report it.
        let sent = now().addingTimeInterval(-(sending.elapsed ?? .zero).seconds)
        outstanding.setSent(at: sent, entry)
        return .unresolved(resolve(change, entry, sentAt: sent, of: run, after: error))
      }
      outstanding.close(entry)
      guard change.action == .remove, error.code == .notFound else { return .refused(error) }
      return .alreadySo(Effect(change.target, .gone), after: error)
    }
  }

  private func wasDone(_ change: Change, _ effect: Effect, in run: ChangeRun) {
    if change.isNew, case .now(let record) = effect.state { outstanding.wasMade(effect.target, by: record.author) }
    outstanding.done(change.command, of: run.plan)
  }
}

extension ChangeRunner {
  /// Starts to find out whether a change was applied whose response was lost, with reads after growing delays.
  private func resolve(
    _ change: Change, _ entry: OutstandingChanges.Entry, sentAt time: Date, of run: ChangeRun,
    after error: CloudAPIError
  ) -> UnresolvedChange {
    let baseline = run.baseline
    let unresolved = UnresolvedChange(change, entry, of: run.plan, sentAt: time, in: outstanding, after: error)
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
    outstanding.done(change.command, of: unresolved.plan)
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
