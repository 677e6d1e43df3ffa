import CloudAPI
import CloudChanges
import FoundationEssentials

extension ListModel {
  /// Reads the list of a scope. Rows of another scope stay until the answer comes.
  public func load(_ wanted: Scope) {
    // The same cloud, perhaps by another name by now.
    if scope == wanted { scope = wanted }
    if nextScope == wanted { nextScope = wanted }
    context.activity.changed()
    if wanted == nextScope ?? scope, isAnsweredOrAwaited { return }
    nextScope = wanted == scope ? nil : wanted
    failures = 0
    read(wanted)
  }

  /// Whether reading again would tell nothing new: the answer is there, on its way, or to be asked for again.
  private var isAnsweredOrAwaited: Bool {
    if status.loadingSince != nil || retrying != nil { return true }
    return status.failure.map { $0.nextTry == nil } ?? (status.asOf != nil)
  }

  /// Forgets rows and scope: what was selected is gone.
  public func clear() {
    cancelReading()
    scope = nil
    nextScope = nil
    status = ListStatus()
    replaceAll()
  }

  /// Stops reading what is no longer wanted; the rows stay.
  public func cancelReading() {
    generation += 1
    reading?.cancel()
    retrying?.cancel()
    reading = nil
    retrying = nil
    nextScope = nil
    status.loadingSince = nil
    status.arrived = nil
  }

  public func refresh() {
    guard let wanted = nextScope ?? scope else { return }
    failures = 0
    read(wanted)
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

  /// Shows the first rows of a list, in the order in which they come; those of a list that is read again stay until the
  /// new one is whole.
  private func arrived(_ new: RecordTable<Record>, _ wanted: Scope, _ number: Int) {
    guard number == generation else { return }
    context.activity.changed()
    status.arrived = new.count
    if scope == wanted, status.asOf != nil || table.count > new.count { return }
    begin(wanted)
    (status.arrived, status.isPartial) = (new.count, true)
    take(new, ListRows(new, RowOrdering(count: new.count), filter: currentFilter))
  }

  private func succeeded(_ new: RecordTable<Record>, _ wanted: Scope, _ number: Int) async {
    // All rows can be seen and searched while they are put in order.
    if new.count > Self.atOnce { arrived(new, wanted, number) }
    let found = await changes(in: new, of: wanted)
    // Last, because it is in the order and with the filter of the moment at which it is done.
    let rows = await arranged(new)
    guard number == generation else { return }
    reading = nil
    failures = 0
    // What a person had before their eyes stays under the cursor, whatever comes to stand above it.
    if scope == wanted, status.asOf != nil, selection != nil { isChosen = true }
    let since = status.asOf
    begin(wanted)
    nextScope = nil
    status.arrived = nil
    status = ListStatus(asOf: context.now())
    take(new, rows)
    announceRecords()
    if let found, let since { signChanges(found, since: since) }
    sayOddRecords()
  }

  /// Says which records have fields that can't be read, once for the same ones.
  private func sayOddRecords() {
    guard table.oddRecords != saidOddRecords else { return }
    saidOddRecords = table.oddRecords
    if let text = table.oddRecords.text(resource.names) { context.notices.say(.information, text) }
  }

  /// Makes the rows those of a scope. The cursor starts anew on another cloud's.
  private func begin(_ wanted: Scope) {
    guard scope != wanted else { return }
    scope = asNamedNow(wanted)
    nextScope = nil
    status = ListStatus(loadingSince: status.loadingSince)
    selection = nil
    selectedIndex = nil
    isChosen = false
    changes = RecordChanges()
  }

  /// No rows are left.
  private func replaceAll() {
    selection = nil
    selectedIndex = nil
    status.isPartial = false
    changes = RecordChanges()
    take(RecordTable(resource), ListRows())
    announceRecords()
  }

  /// A scope that was asked for may have got its name while the answer was on its way.
  private func asNamedNow(_ wanted: Scope) -> Scope {
    nextScope.flatMap { $0 == wanted ? $0 : nil } ?? wanted
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
    if scope != wanted {
      // The old rows belong to something else than what the person looks at now.
      begin(wanted)
      replaceAll()
    }
    let rest = rest(after: error)
    status = ListStatus(
      asOf: status.asOf,
      failure: ReadFailure(
        error: error, since: since,
        nextTry: rest.map { context.now().addingTimeInterval($0.seconds) }),
      isPartial: status.isPartial)
    context.activity.changed()
    announceSelection()
    guard let rest else { return }
    retrying = context.activity.run(after: rest, on: context.clock) { [weak self] in
      guard let self, number == generation else { return }
      read(wanted)
    }
  }

  private func rest(after error: CloudAPIError) -> Duration? {
    ReadBackoff.rest(after: error, failures: failures, now: context.now())
  }
}
