import CloudAPI
import CloudChanges
import FoundationEssentials

/// Reads a list from the service. It knows the scope of the rows, how fresh they are, and when a failed read is
/// retried.
///
/// The response to a superseded read is dropped. Rows of another scope stay until the new list arrives.
@MainActor
final class ListLoader<Record: TableRecord, Scope: ResourceScope>: RowLoader {
  private let resource: Resource<Record, Scope>
  private let context: ModelContext
  var prepare: ListPreparation<Record>?
  /// How many records are on the screen: a shorter part of a list doesn't replace them.
  var shownCount: @MainActor () -> Int = { 0 }
  /// Receives the result of a read and its scope.
  var onDelivery: (@MainActor (ListDelivery<Record>, Scope?) -> Void)?
  /// Called after a read failed and `status` was updated.
  var onFailure: (@MainActor () -> Void)?

  /// The scope of the rows.
  private(set) var scope: Scope?
  /// The scope being read, if it differs from that of the rows.
  private(set) var nextScope: Scope?
  private(set) var status = ListStatus()

  /// Number of reads started; a response to an earlier one is dropped.
  private var generation = 0
  private var failures = 0
  private var reading: Task<Void, Never>?
  private var retrying: Task<Void, Never>?

  init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.resource = resource
    self.context = context
  }

  /// Reads the list of a scope, unless it is already there, being read or waiting for a retry.
  func load(_ wanted: Scope) {
    // The same cloud; its name may have changed.
    if scope == wanted { scope = wanted }
    if nextScope == wanted { nextScope = wanted }
    context.activity.changed()
    if wanted == nextScope ?? scope, isAnsweredOrAwaited { return }
    nextScope = wanted == scope ? nil : wanted
    failures = 0
    read(wanted)
  }

  /// Reloads the list that is on the screen or being read.
  func refresh() {
    guard let wanted = nextScope ?? scope else { return }
    failures = 0
    read(wanted)
  }

  /// Clears scope and rows, and cancels reading.
  func clear() {
    cancel()
    scope = nil
    status = ListStatus()
    onDelivery?(.nothing, nil)
  }

  /// Cancels reading; the rows stay.
  func cancel() {
    generation += 1
    reading?.cancel()
    retrying?.cancel()
    (reading, retrying) = (nil, nil)
    nextScope = nil
    status.loadingSince = nil
    status.arrived = nil
  }

  /// Whether another read is unnecessary: the list is there, failed for good, is being read or waits for a retry.
  private var isAnsweredOrAwaited: Bool {
    if status.loadingSince != nil || retrying != nil { return true }
    return status.failure.map { $0.nextTry == nil } ?? (status.asOf != nil)
  }

  private func read(_ wanted: Scope) {
    generation += 1
    let number = generation
    reading?.cancel()
    retrying?.cancel()
    status.loadingSince = context.now()
    context.activity.changed()
    status.arrived = nil
    let (snapshots, publisher) = AsyncStream.makeStream(
      of: RecordTable<Record>.self, bufferingPolicy: .bufferingNewest(1))
    let (resource, client, clock) = (resource, context.client, context.clock)
    reading = context.activity.run { [weak self] in
      async let outcome = resource.readTable(client, wanted, clock: clock, publisher)
      for await table in snapshots { self?.arrived(table, wanted, number) }
      let (table, error) = await outcome
      if let error {
        self?.failed(error, after: table, wanted, number)
      } else {
        await self?.succeeded(table, wanted, number)
      }
    }
  }

  /// Shows the first records of a list; when a list is reloaded, the old rows stay until the new list is complete.
  private func arrived(_ new: RecordTable<Record>, _ wanted: Scope, _ number: Int) {
    guard number == generation else { return }
    context.activity.changed()
    status.arrived = new.count
    if scope == wanted, status.asOf != nil || shownCount() > new.count { return }
    begin(wanted)
    (status.arrived, status.isPartial) = (new.count, true)
    onDelivery?(.part(new), scope)
  }

  private func succeeded(_ new: RecordTable<Record>, _ wanted: Scope, _ number: Int) async {
    // Shows all rows now, so that the user can see and search them while they are being ordered.
    if new.count > RecordTable<Record>.atOnce { arrived(new, wanted, number) }
    // Prepared last: order and filter are then those in effect when the work ends.
    let isReread = scope == wanted && status.asOf != nil
    guard let prepared = await prepare?(new, isReread), number == generation else { return }
    reading = nil
    failures = 0
    let since = scope == wanted ? status.asOf : nil
    begin(wanted)
    nextScope = nil
    status = ListStatus(asOf: context.now())
    onDelivery?(.whole(prepared, since: since), scope)
  }

  /// Sets the scope of the rows; returns whether it changed.
  @discardableResult
  private func begin(_ wanted: Scope) -> Bool {
    guard scope != wanted else { return false }
    // The scope may have received its name while the request was in flight.
    scope = nextScope.flatMap { $0 == wanted ? $0 : nil } ?? wanted
    nextScope = nil
    status = ListStatus(loadingSince: status.loadingSince)
    return true
  }

  private func failed(
    _ error: CloudAPIError, after part: RecordTable<Record>, _ wanted: Scope, _ number: Int
  ) {
    guard number == generation, error.code != .cancelled else { return }
    // An incomplete list is better than nothing, and is shown as incomplete.
    if part.count > 0 { arrived(part, wanted, number) }
    reading = nil
    status.arrived = nil
    failures += 1
    let since = status.failure?.since ?? status.loadingSince ?? context.now()
    // The old rows belong to another scope than the one that the user looks at now.
    if begin(wanted) { onDelivery?(.nothing, scope) }
    let rest = ReadBackoff.rest(after: error, failures: failures, now: context.now())
    status = ListStatus(
      asOf: status.asOf,
      failure: ReadFailure(
        error: error, since: since, nextTry: rest.map { context.now().addingTimeInterval($0.seconds) }),
      isPartial: status.isPartial)
    context.activity.changed()
    onFailure?()
    guard let rest else { return }
    retrying = context.activity.run(after: rest, on: context.clock) { [weak self] in
      guard let self, number == generation else { return }
      read(wanted)
    }
  }
}
