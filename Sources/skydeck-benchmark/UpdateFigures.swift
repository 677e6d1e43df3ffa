import TerminalTestSupport
import TerminalUI

/// How soon a key is handled while values arrive continuously.
struct UpdateFigures {
  /// From a Down key to the cursor on its new row, in milliseconds.
  var time = Sample()
  /// The number of values that arrived per second.
  var updates = 0.0

  private static let clouds = 30_000
  /// With sixteen connections, this gives a little less than a thousand responses per second.
  private static let latency = Duration.milliseconds(14)
  private static let warmUp = Duration.seconds(1)
  private static let rest = Duration.milliseconds(23)

  private static func measure(size: Size, keys: Int) throws -> UpdateFigures {
    let service = try RecordedService(Service(clouds: clouds, users: 1), latency: latency)
    let program = Program.console(at: service.address, rows: String(clouds))
    let run = try ProgramRun(program, size: size, silence: .zero)
    run.watch(for: warmUp)
    var figures = UpdateFigures()
    let began = ContinuousClock.now
    let before = service.requests.count
    for _ in 0..<keys {
      let row = cursorRow(run.screen)
      // On the last row of the page the cursor wouldn't move to another screen row: it goes back to the first.
      let isLast = row.map { $0 >= size.rows - 5 } ?? false
      let key = isLast ? "g" : run.down
      guard let time = try run.type(key, until: { cursorRow($0) != row }) else {
        throw BenchmarkError.notShown("the cursor on the next row", screen: run.screen.text)
      }
      if !isLast { figures.time.add(time) }
      // Not synchronous with frames, which are drawn sixty times a second.
      run.watch(for: rest)
    }
    let seconds = began.duration(to: .now) / .seconds(1)
    figures.updates = Double(service.requests.count - before) / seconds
    return figures
  }

  private static func cursorRow(_ screen: TerminalScreen) -> Int? {
    screen.rows.firstIndex { $0.prefix(4).contains("▸") }
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let reference = Program.reference(marks: true, rows: Lists.rows)
    let quiet = try KeyFigures.measure([reference], size: extent.size, keys: extent.keys)
    let own = try measure(size: extent.size, keys: extent.keys * 2)
    var table = Table(subject: "skydeck", references: ["\(reference.name), at rest"])
    table.section("Down while \(Int(own.updates.rounded())) values a second arrive")
    table.row("row moved, ms", [own.time.median, quiet[0].moveTime.median], decimals: 2, goal: .ratio(2))
    table.row("  99 of 100 within, ms", [own.time.p99, quiet[0].moveTime.p99], decimals: 2, goal: .atMost(5))
    return Findings(tables: [table])
  }
}
