import CloudAPI
import CloudChanges
import Synchronization

/// Makes a table of the records of a list while they arrive, and says when there is something worth showing.
///
/// One job reads records and adds them, another one builds the table of those that were read: the two share the time of
/// two cores. The reader never gets far ahead, for it builds, too, where too many records wait.
final class StreamingTableBuilder<Record: ServiceRecord>: Sendable {
  /// So many rows fill any screen: they are shown at once. Fewer are mostly the whole list, but for its last bytes.
  private static var screenful: Int { 256 }
  /// How long further rows are kept back, so that a screen isn't drawn for each packet.
  private static var rest: Duration { .milliseconds(150) }
  /// So many records may wait: unpacked ones take much memory.
  private static var mostWaiting: Int { 4_096 }

  private let table: Mutex<RecordTable<Record>>
  /// What stands in no table yet. Only who holds the table takes it away, which keeps the order.
  private let waiting = Mutex(Waiting())
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation
  private let clock: any Clock<Duration>
  private let publish: @Sendable (RecordTable<Record>) -> Void

  /// - Parameter publish: is given what is there of the table, seldom, and never all of it for the last time.
  init(
    _ table: RecordTable<Record>, clock: any Clock<Duration>,
    publish: @escaping @Sendable (RecordTable<Record>) -> Void
  ) {
    self.table = Mutex(table)
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.clock = clock
    self.publish = publish
  }

  /// Takes in the next records of the list. Those of a first screenful are in the table when it returns.
  func add(_ records: [Record]) {
    let isBuiltHere = waiting.withLock { waiting in
      let isFirst = !waiting.hasPublished
      waiting.parts.append(records)
      waiting.count += records.count
      waiting.total += records.count
      // What is worth showing is decided by when it came, not by when it is built.
      let isFull = isFirst && waiting.total >= Self.screenful
      let isLate = waiting.age.map { $0() >= Self.rest } ?? false
      if isFull || isLate { (waiting.isDue, waiting.hasPublished) = (true, true) }
      if isFull || isLate || waiting.age == nil { waiting.age = clock.stopwatch() }
      return isFirst || waiting.count > Self.mostWaiting
    }
    if isBuiltHere { build() } else { arrival.yield() }
  }

  /// Builds the table of the records that are added, until there will be no more or the task is cancelled.
  @concurrent
  func run() async {
    for await _ in arrivals { build() }
  }

  /// Says that no more records come.
  ///
  /// - Returns: the table of all that were added.
  func finish() -> RecordTable<Record> {
    arrival.finish()
    build()
    return table.withLock { $0 }
  }

  private func build() {
    table.withLock { table in
      let (parts, isDue) = waiting.withLock { $0.take() }
      for records in parts { table.append(records) }
      // A table never comes after a longer one.
      if isDue { publish(table) }
    }
  }

  /// What was read and stands in no table yet.
  private struct Waiting {
    var parts: [[Record]] = []
    /// The records of the parts.
    var count = 0
    /// All records that ever waited.
    var total = 0
    /// How long ago something became due, or the first records came.
    var age: (@Sendable () -> Duration)?
    /// Whether the table is to be published when these are in it.
    var isDue = false
    var hasPublished = false

    mutating func take() -> (parts: [[Record]], isDue: Bool) {
      defer { (parts, count, isDue) = ([], 0, false) }
      return (parts, isDue)
    }
  }
}
