import CloudAPI
import CloudChanges
import FoundationEssentials

/// Reads a list from the service: whose records the rows are, how fresh they are, and when a failed read is tried again.
///
/// The answer to a superseded read is dropped. Rows of another scope stay until the answer for the new one comes.
@MainActor
final class ListLoader<Record: ServiceRecord, Scope: ResourceScope> {
  /// What a read brought.
  enum Delivery {
    /// The first records of a list, in the API's order: the rest is on its way, or never comes.
    case part(RecordTable<Record>)
    /// The whole list, ready to be shown.
    ///
    /// - Parameter since: when the list was read before; `nil` where that was of another scope.
    case whole(Prepared, since: Date?)
    /// No record is left: the scope was given up, or the first read of another one failed.
    case nothing
  }

  /// A list with what was worked out off the main actor.
  struct Prepared: Sendable {
    let table: RecordTable<Record>
    let rows: ListRows<Record>
    /// What differs from the list on the screen; `nil` where that was of something else.
    let changes: RecordChanges<Record>?
  }

  /// Orders, filters and compares a list that was read.
  ///
  /// - Parameter isReread: whether the list on the screen is an earlier reading of the same.
  typealias Preparation = @MainActor (_ table: RecordTable<Record>, _ isReread: Bool) async -> Prepared

  private let resource: Resource<Record, Scope>
  private let context: ModelContext
  var prepare: Preparation?
  /// How many records are on the screen: fewer never replace them before the list is whole.
  var shownCount: @MainActor () -> Int = { 0 }
  /// Takes what a read brought, and the scope that it belongs to.
  var onDelivery: (@MainActor (Delivery, Scope?) -> Void)?
  /// Called when a read failed, once the status says so.
  var onFailure: (@MainActor () -> Void)?

  /// What the rows belong to.
  private(set) var scope: Scope?
  /// What is being read, where that isn't what the rows belong to.
  private(set) var nextScope: Scope?
  private(set) var status = ListStatus()

  /// Counts the reads begun, so that an answer to a superseded one is dropped.
  private var generation = 0
  private var failures = 0
  private var reading: Task<Void, Never>?
  private var retrying: Task<Void, Never>?

  init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.resource = resource
    self.context = context
  }

  /// Reads the list of a scope.
  func load(_ wanted: Scope) {
    // The same cloud, perhaps by another name by now.
    if scope == wanted { scope = wanted }
    if nextScope == wanted { nextScope = wanted }
    context.activity.changed()
    if wanted == nextScope ?? scope, isAnsweredOrAwaited { return }
    nextScope = wanted == scope ? nil : wanted
    failures = 0
    read(wanted)
  }

  /// Reads the list again that is on the screen, or on its way.
  func refresh() {
    guard let wanted = nextScope ?? scope else { return }
    failures = 0
    read(wanted)
  }

  /// Forgets the scope.
  func clear() {
    cancel()
    scope = nil
    status = ListStatus()
    onDelivery?(.nothing, nil)
  }

  /// Stops reading what is no longer wanted; the rows stay.
  func cancel() {
    generation += 1
    reading?.cancel()
    retrying?.cancel()
    (reading, retrying) = (nil, nil)
    nextScope = nil
    status.loadingSince = nil
    status.arrived = nil
  }

  /// Whether reading again would tell nothing new: the answer is there, on its way, or to be asked for again.
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

  /// Shows the first records of a list; those of a list that is read again stay until the new one is whole.
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
    // All rows can be seen and searched while they are put in order.
    if new.count > RecordTable<Record>.atOnce { arrived(new, wanted, number) }
    // Last is what is in the order and with the filter of the moment at which it is done.
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

  /// Makes the rows those of a scope; whether they were of another one.
  @discardableResult
  private func begin(_ wanted: Scope) -> Bool {
    guard scope != wanted else { return false }
    // A scope that was asked for may have got its name while the answer was on its way.
    scope = nextScope.flatMap { $0 == wanted ? $0 : nil } ?? wanted
    nextScope = nil
    status = ListStatus(loadingSince: status.loadingSince)
    return true
  }

  private func failed(
    _ error: CloudAPIError, after part: RecordTable<Record>, _ wanted: Scope, _ number: Int
  ) {
    guard number == generation, error.code != .cancelled else { return }
    // What came before it broke off is better than nothing, and never passes for the whole.
    if part.count > 0 { arrived(part, wanted, number) }
    reading = nil
    status.arrived = nil
    failures += 1
    let since = status.failure?.since ?? status.loadingSince ?? context.now()
    // The old rows belong to something else than what the person looks at now.
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
