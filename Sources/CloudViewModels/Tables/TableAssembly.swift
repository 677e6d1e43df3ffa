import CloudAPI
import Synchronization

/// Makes a table of the records of a list while they arrive, and says when there is something worth showing.
final class TableAssembly<Record: Identifiable & Hashable & Sendable>: Sendable
where Record.ID == Identifier<Record> {
  private struct State {
    var table: RecordTable<Record>
    /// How long ago something was published, or the first records came.
    var age: (@Sendable () -> Duration)?
    var hasPublished = false
  }

  /// So many rows fill any screen: they are shown at once. Fewer are mostly the whole list, but for its last bytes.
  private static var screenful: Int { 256 }
  /// How long further rows are kept back, so that a screen isn't drawn for each packet.
  private static var rest: Duration { .milliseconds(150) }

  private let state: Mutex<State>
  private let clock: any Clock<Duration>
  private let publish: @Sendable (RecordTable<Record>) -> Void

  /// - Parameter publish: is given what is there of the table, seldom, and never all of it for the last time.
  init(
    _ table: RecordTable<Record>, clock: any Clock<Duration>,
    publish: @escaping @Sendable (RecordTable<Record>) -> Void
  ) {
    state = Mutex(State(table: table))
    self.clock = clock
    self.publish = publish
  }

  /// What has arrived.
  var table: RecordTable<Record> { state.withLock { $0.table } }

  func add(_ records: [Record]) {
    let published = state.withLock { state -> RecordTable<Record>? in
      state.table.append(records)
      let isFull = !state.hasPublished && state.table.count >= Self.screenful
      guard let age = state.age else {
        state.age = stopwatch(clock)
        state.hasPublished = isFull
        return isFull ? state.table : nil
      }
      guard isFull || age() >= Self.rest else { return nil }
      state.age = stopwatch(clock)
      state.hasPublished = true
      return state.table
    }
    if let published { publish(published) }
  }
}

/// How much time has passed since.
private func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
  let start = clock.now
  return { start.duration(to: clock.now) }
}
