import CloudAPI
import CloudAccess
import CloudChanges
import FoundationEssentials

/// Reads the people of all clouds by a sweep, once somebody asks; it can be stopped and goes on where it stopped.
///
/// Everything that takes time with the number of people runs off the main actor, in a ``PeopleStore``.
@MainActor
final class PeopleLoader: RowLoader {
  typealias Record = PersonSummary
  typealias Scope = EveryCloud

  private(set) var scope: EveryCloud?
  let nextScope: EveryCloud? = nil
  private(set) var status = ListStatus()
  var prepare: ListPreparation<PersonSummary>?
  var shownCount: @MainActor () -> Int = { 0 }
  var onDelivery: (@MainActor (ListDelivery<PersonSummary>, EveryCloud?) -> Void)?
  var onFailure: (@MainActor () -> Void)?
  /// The clouds that the user looks at, which are read first.
  var preferred: @MainActor () -> [Cloud.ID] = { [] }

  /// What is known, as last published.
  private(set) var index = PeopleIndex()
  private(set) var coverage = PeopleIndex().coverage
  var gap: String? {
    coverage.isComplete ? nil : "Not every cloud could be read: these are the people of \(coverage.text)."
  }

  /// Whether a sweep is running.
  var isSweeping: Bool { sweeping != nil }

  private let context: ModelContext
  private let limit: Int
  private let store = PeopleStore()
  private var sweeping: Task<Void, Never>?
  /// Number of sweeps started; what an earlier one finds is not shown.
  private var generation = 0
  /// Whether nobody has seen rows of an earlier sweep.
  private var isFirst = true
  /// When effects were last applied.
  private var changed = Date.distantPast
  private var publishing: Task<Void, Never>?
  private var isOutdated = false

  /// - Parameter limit: the most requests at once.
  init(context: ModelContext, limit: Int) {
    self.context = context
    self.limit = limit
  }

  /// Starts the first sweep.
  func load(_ wanted: EveryCloud) {
    guard scope == nil else { return }
    scope = wanted
    begin(.all)
  }

  /// Goes on with what is unread, or reads everything again if nothing is.
  func refresh() {
    guard scope != nil else { return load(EveryCloud()) }
    guard !isSweeping else { return }
    begin(coverage.isComplete ? .all : .unread)
  }

  /// Reads what is unread or older than a time, and returns when the sweep is over or was stopped.
  func update(readBefore time: Date) async {
    if !isSweeping { begin(.readBefore(time)) }
    await sweeping?.value
  }

  func cancel() {
    guard let sweeping else { return }
    generation += 1
    sweeping.cancel()
    self.sweeping = nil
    status.loadingSince = nil
    context.activity.run { await self.publish() }
  }

  func clear() {
    cancel()
  }

  /// Applies the effects of changes, once nothing more is sent: rows would move with each of hundreds. Then lists are
  /// read again where an outcome isn't known.
  func apply(_ effects: [Effect]) {
    guard scope != nil else { return }
    let now = context.now()
    changed = now
    context.activity.run { [self] in
      await store.apply(effects, at: now)
      await context.changes.untilNothingIsSent()
      if await store.lists(.outdated).isEmpty || isSweeping { return await publish() }
      begin(.outdated)
    }
  }

  // MARK: The sweep

  private func begin(_ wanted: PeopleStore.Lists) {
    generation += 1
    let number = generation
    status.loadingSince = context.now()
    status.failure = nil
    context.activity.changed()
    sweeping = context.activity.run { [self] in
      let error = await perform(number, wanted)
      guard number == generation else { return }
      sweeping = nil
      status.loadingSince = nil
      if let error {
        let now = context.now()
        status.failure = ReadFailure(error: error, since: now, nextTry: nil)
        onFailure?()
      }
      await publish()
    }
  }

  /// - Returns: why the sweep ended before everything was read.
  private func perform(_ number: Int, _ wanted: PeopleStore.Lists) async -> CloudAPIError? {
    if wanted != .outdated {
      do throws(CloudAPIError) {
        let clouds = try await context.client.read(.getClouds)
        await store.list(clouds.map { CloudReference(id: $0.id, name: $0.name) })
      } catch {
        return error
      }
    }
    let lists = await store.lists(wanted)
    guard number == generation else { return nil }
    // A reading that begins now holds what was changed, even if the clock shows the same time.
    let (start, clock) = (max(context.now(), changed.addingTimeInterval(1e-6)), context.clock)
    let elapsed = clock.stopwatch()
    let label = RequestSweep(
      id: RequestSweep.ID(kind: "people", number: number), clouds: Set(lists.map(\.cloud)).count, requestsPerCloud: 2)
    let sweep = AccessSweep(lists, reader: context.client.labelled(label), concurrency: limit, clock: clock) {
      start.addingTimeInterval(elapsed().seconds)
    }
    sweep.prefer(preferred())
    let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let pace = Pace(clock)
    async let ending = Self.run(sweep, into: store, change, pace)
    for await _ in changes where number == generation {
      await publish()
      // The first people are shown at once, even if the first lists were empty.
      if status.arrived != 0 { await pace.rest() }
    }
    return await ending
  }

  @concurrent
  private static func run(
    _ sweep: AccessSweep, into store: PeopleStore, _ change: AsyncStream<Void>.Continuation, _ pace: Pace
  ) async -> CloudAPIError? {
    let error = await sweep.run { reading in
      await store.take(reading)
      change.yield()
    }
    change.finish()
    await pace.end()
    return error
  }

  // MARK: Publishing

  /// Shows what is known now, and returns when it is shown; calls meanwhile are done together afterwards. During the first
  /// sweep rows stay in the order of their arrival.
  private func publish() async {
    isOutdated = true
    let task = publishing ?? context.activity.run { [self] in await publishUntilCurrent() }
    publishing = task
    await task.value
  }

  private func publishUntilCurrent() async {
    while isOutdated {
      isOutdated = false
      let isArriving = isFirst && isSweeping
      let known = await store.known(asFound: isArriving)
      let old = DeferredRelease(index)
      (index, coverage) = (known.index, known.coverage)
      Task { await old.end() }
      if isArriving {
        (status.isPartial, status.arrived) = (true, known.table.count)
        onDelivery?(.part(known.table), scope)
      } else if let prepared = await prepare?(known.table, false) {
        (status.isPartial, status.arrived, isFirst) = (false, nil, false)
        status.asOf = coverage.asOf
        onDelivery?(.whole(prepared, since: nil), scope)
      }
      context.activity.changed()
    }
    publishing = nil
  }
}

/// The rests between the publications of one sweep.
@MainActor
private final class Pace {
  /// The least time between two publications.
  private static let rest = Duration.milliseconds(300)

  private let clock: any Clock<Duration>
  private var resting: Task<Void, Never>?
  private var isOver = false

  init(_ clock: any Clock<Duration>) {
    self.clock = clock
  }

  /// Returns after the rest, at the end of the sweep, or if the task is cancelled.
  func rest() async {
    guard !isOver else { return }
    let rest = Task { [clock] in _ = try? await clock.sleep(for: Self.rest) }
    resting = rest
    await withTaskCancellationHandler {
      await rest.value
    } onCancel: {
      rest.cancel()
    }
  }

  /// Ends the rest: nothing more is read.
  func end() {
    isOver = true
    resting?.cancel()
  }
}

/// The index of people, off the main actor.
actor PeopleStore {
  private var index = PeopleIndex()

  /// The lists that a sweep reads.
  enum Lists: Hashable {
    case all
    case unread
    /// Those that were read before a time, and the unread ones.
    case readBefore(Date)
    /// Those that changes left unknown.
    case outdated
  }

  func lists(_ wanted: Lists) -> [AccessList] {
    switch wanted {
    case .all: index.lists(readBefore: .distantFuture)
    case .unread: index.unread
    case .readBefore(let time): index.lists(readBefore: time)
    case .outdated: index.outdated
    }
  }

  /// What is known at a time.
  struct Known: Sendable {
    let index: PeopleIndex
    let coverage: Coverage
    let table: RecordTable<PersonSummary>
  }

  func list(_ clouds: [CloudReference]) {
    index.list(clouds)
  }

  func take(_ reading: AccessReading) {
    index.take(reading)
  }

  func apply(_ effects: [Effect], at now: Date) {
    index.apply(effects, at: now)
  }

  /// - Parameter asFound: whether people are in the order in which they were found, not in that of the clouds.
  func known(asFound: Bool) -> Known {
    let table = asFound ? Self.table(of: index.summariesAsFound()) : Self.table(of: index.summaries())
    return Known(index: index, coverage: index.coverage, table: table)
  }

  /// Packs the people part by part: as plain values all of them take much memory.
  private static func table(of people: some Collection<PersonSummary>) -> RecordTable<PersonSummary> {
    var table = RecordTable(Resource<PersonSummary, EveryCloud>.people)
    var rest = people[...]
    while !rest.isEmpty {
      table.append(Array(rest.prefix(512)))
      rest = rest.dropFirst(512)
    }
    return table
  }
}
