/// All figures: the console's first, then the references'.
struct Report {
  /// The console's on its demonstration and over HTTP, then the references'.
  let start: [StartFigures]
  let keys: [KeyFigures]
  let flood: [FloodFigures]
  /// As those of the start.
  let idle: [IdleFigures]

  var isSilentAtIdle: Bool {
    idle.prefix(2).allSatisfy(\.isSilent)
  }

  func table(references: [String], rows: Int, idleSeconds: Int) -> Table {
    var table = Table(subject: "skydeck", references: references)
    table.section("Start, demonstration data")
    addStart([start[0]] + start.dropFirst(2), to: &table)
    table.section("Start, a cloud of \(rows) users over HTTP")
    addStart(Array(start.dropFirst()), to: &table)
    table.section("Down in a list of \(rows) rows")
    addKeys(to: &table)
    table.section("Down \(FloodFigures.keys) times at once")
    table.row("last row shown, ms", flood.map(\.time.median), decimals: 1)
    table.row("bytes", flood.map(\.bytes.median))
    table.row("every key counted", flood.map(\.isComplete))
    table.section("Idle for \(idleSeconds) s, demonstration data")
    addIdle([idle[0]] + idle.dropFirst(2), to: &table)
    table.section("Idle for \(idleSeconds) s, after requests over HTTP")
    addIdle(Array(idle.dropFirst()), to: &table)
    return table
  }

  private func addStart(_ figures: [StartFigures], to table: inout Table) {
    table.row("first byte, ms", figures.map(\.firstByte.median), decimals: 1)
    table.row("frame painted, ms", figures.map(\.frame.median), decimals: 1)
    table.row("rows painted, ms", figures.map(\.rows.median), decimals: 1)
    table.row("bytes", figures.map(\.bytes.median))
    table.row("processor time, ms", figures.map(\.processorTime.median), decimals: 1)
    table.row("peak memory, MB", figures.map { $0.peakMemory.median / 1_048_576 }, decimals: 1)
  }

  private func addKeys(to table: inout Table) {
    table.row("in the page: bytes", keys.map(\.moveBytes.median))
    table.row("in the page: first byte, ms", keys.map(\.moveTime.median), decimals: 2)
    table.row("in the page: 99 of 100 within, ms", keys.map(\.moveTime.p99), decimals: 2)
    table.row("scrolling: bytes", keys.map(\.scrollBytes.median))
    table.row("scrolling: first byte, ms", keys.map(\.scrollTime.median), decimals: 2)
    table.row("scrolling: 99 of 100 within, ms", keys.map(\.scrollTime.p99), decimals: 2)
    table.row("processor time of a key, ms", keys.map(\.processorTime.median), decimals: 2)
  }

  private func addIdle(_ figures: [IdleFigures], to table: inout Table) {
    table.row("bytes", figures.map { Double($0.bytes) })
    table.row("processor time, ms", figures.map(\.processorTime), decimals: 3)
    table.row("context switches", figures.map { Double($0.contextSwitches) })
  }
}
