import CloudAPI
import CloudChanges
import Synchronization

/// Builds a table of a list's records while they arrive, and publishes it when there is something worth showing.
///
/// One task reads and adds records, another one builds the table, so that the work uses two cores. If too many records
/// wait, the reader builds, too, and so never gets far ahead.
final class StreamingTableBuilder<Record: TableRecord>: Sendable {
  /// This many rows fill any screen and are published at once. Fewer are usually the whole list except its last bytes.
  private static var screenful: Int { 256 }
  /// The least time between publications, so that the screen isn't drawn for each packet.
  private static var rest: Duration { .milliseconds(150) }
  /// The most records that may wait: unpacked ones take much memory.
  private static var mostWaiting: Int { 4_096 }

  private let table: Mutex<RecordTable<Record>>
  /// Records that are in no table yet. They are taken only while the table is locked, which keeps their order.
  private let waiting = Mutex(Waiting())
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation
  private let clock: any Clock<Duration>
  private let publish: @Sendable (RecordTable<Record>) -> Void

  /// - Parameter publish: receives the table built so far, seldom; only `finish` is sure to return the complete one.
  init(
    _ table: RecordTable<Record>, clock: any Clock<Duration>,
    publish: @escaping @Sendable (RecordTable<Record>) -> Void
  ) {
    self.table = Mutex(table)
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.clock = clock
    self.publish = publish
  }

  /// Adds the next records of the list. Until the first publication, they are in the table when this returns.
  func add(_ records: [Record]) {
    let isBuiltHere = waiting.withLock { waiting in
      let isFirst = !waiting.hasPublished
      waiting.parts.append(records)
      waiting.count += records.count
      waiting.total += records.count
      // A publication is due by the time of arrival, not by the time of building.
      let isFull = isFirst && waiting.total >= Self.screenful
      let isLate = waiting.age.map { $0() >= Self.rest } ?? false
      if isFull || isLate { (waiting.isDue, waiting.hasPublished) = (true, true) }
      if isFull || isLate || waiting.age == nil { waiting.age = clock.stopwatch() }
      return isFirst || waiting.count > Self.mostWaiting
    }
    if isBuiltHere { build() } else { arrival.yield() }
  }

  /// Builds the table from the added records until `finish` is called or the task is cancelled.
  @concurrent
  func run() async {
    for await _ in arrivals { build() }
  }

  /// Ends the list.
  ///
  /// - Returns: the table of all records added.
  func finish() -> RecordTable<Record> {
    arrival.finish()
    build()
    return table.withLock { $0 }
  }

  private func build() {
    table.withLock { table in
      let (parts, isDue) = waiting.withLock { $0.take() }
      for records in parts { table.append(records) }
      // Published under the lock, so that no table follows a longer one.
      if isDue { publish(table) }
    }
  }

  /// The records that were read and are in no table yet.
  private struct Waiting {
    var parts: [[Record]] = []
    /// The number of records in `parts`.
    var count = 0
    /// The number of all records added so far.
    var total = 0
    /// The time since the last publication became due, or since the first records arrived.
    var age: (@Sendable () -> Duration)?
    /// Whether to publish the table once these records are in it.
    var isDue = false
    var hasPublished = false

    mutating func take() -> (parts: [[Record]], isDue: Bool) {
      defer { (parts, count, isDue) = ([], 0, false) }
      return (parts, isDue)
    }
  }
}
