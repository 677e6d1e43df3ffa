public import CloudAPI
public import FoundationEssentials

/// The one way by which a change is sent: each once, in lanes; where an answer is lost, reading decides.
///
/// Changes within a cloud are sent one after the other, those of several clouds side by side, those of clouds themselves one
/// after the other.
@MainActor
public final class ChangeRunner {
  public let outstanding: OutstandingChanges
  /// Called with what changes of one cloud brought about, also with what is found out later.
  public var onEffects: @MainActor ([Effect]) -> Void = { _ in }
  /// Called with each change whose answer was lost, before anything is read.
  public var onUnresolved: @MainActor (UnresolvedChange) -> Void = { _ in }

  /// The only client that writes.
  private let client: CloudAPIClient
  private let reader: CloudReader
  private let activity: Activity
  private let clock: any Clock<Duration>
  private let now: @MainActor () -> Date
  private let reads: Bool

  /// How long a review holds: a record that was read before that is read again before it is changed.
  package static let reviewLife = 30.0
  /// How many lanes are sent in at once.
  private static let lanesAtOnce = 4
  /// How soon a service may be expected to have done what it didn't answer.
  private static let patience = Duration.seconds(10)
  /// How long a service may be at work on a request at least, from when it was sent.
  private static let workLimit = Duration.seconds(30)

  /// - Parameter reads: whether what became of a change whose answer was lost is to be found out.
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
  ///   - reviewed: when their records were read; `nil` where nobody looked at them.
  ///   - baseline: for changes that make a record: what the list held before. `nil` where it was not read.
  ///   - reservation: what kept them outstanding until now.
  ///   - report: called with the index of each change when it is sent, and when its outcome is known.
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

  /// Changes that will be sent once something was read.
  public struct Reservation: Sendable {
    fileprivate let plan: Int
  }

  /// Keeps changes outstanding until `release`, or until a run ends that takes the reservation over.
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
        // A service that asks to wait isn't read before.
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
        // Signing in, finding out the edition and connecting came before. Where nobody told, it was sent until now.
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

  /// Reads records again that were reviewed too long ago.
  ///
  /// - Returns: why nothing is sent for those that aren't as they were, or can't be read.
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
  /// Begins to find out what became of a change whose answer was lost, as often as it takes and with growing rests.
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

  /// - Parameter isSecond: whether it was read before, and not done.
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

  /// It may be carried out yet: who is told now that it can be sent again may do it twice.
  private func notDone(
    _ unresolved: UnresolvedChange, _ baseline: Baseline?, began: Date, isSecond: Bool, isCertain: Bool
  ) {
    let limit = max(Self.workLimit, client.configuration.requestTimeLimit)
    let until = unresolved.since.addingTimeInterval(limit.seconds)
    guard isSecond else { return read(unresolved, baseline, after: Self.patience, isSecond: true) }
    guard began < until else {
      return settle(
        unresolved, isCertain ? .notDone : .undecided("It differs from what was sent, and its earlier state is unknown."))
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
    // It is no other one's whose answer was lost, too.
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
  /// Whether the write may have been carried out all the same. A redirect after a write often means that it was, and a limit
  /// may be one of a proxy's that hands requests on.
  public var leavesDoubt: Bool {
    // What has to be read before it is sent failed: the edition, a token.
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
