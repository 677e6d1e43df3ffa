import TerminalTestSupport
import TerminalUI

/// The cost of one press of Down, each sent when the program has been silent after the one before.
struct KeyFigures {
  /// For presses that move the cursor within the page: bytes, and milliseconds to the first of them.
  var moveBytes = Sample()
  var moveTime = Sample()
  /// The same for presses that scroll.
  var scrollBytes = Sample()
  var scrollTime = Sample()
  /// Processor time of a press of either kind, in milliseconds.
  var processorTime = Sample()

  /// A scroll changes more rows than this, a move fewer: two rows, a position, a title.
  private static let rowsChangedByMove = 5

  /// Moves through the programs' lists in turn, so that disturbances of the machine affect all of them.
  ///
  /// - Parameter keys: the minimum number of presses of either kind.
  static func measure(_ programs: [Program], size: Size, keys: Int) throws -> [KeyFigures] {
    let runs = try programs.map { try ProgramRun($0, size: size) }
    var figures = programs.map { _ in KeyFigures() }
    while figures.contains(where: { $0.moveBytes.count < keys || $0.scrollBytes.count < keys }) {
      for (index, run) in runs.enumerated() {
        _ = try run.type("g", silence: .milliseconds(300))
        try figures[index].add(run, programs[index], scrolls: size.rows)
      }
    }
    return figures
  }

  /// Moves down from the first row beyond the end of the page.
  private mutating func add(_ run: ProgramRun, _ program: Program, scrolls: Int) throws {
    let first = scrollBytes.count
    while scrollBytes.count < first + scrolls {
      let before = run.usage
      let answer = try run.type(run.down, silence: .milliseconds(30), patience: .seconds(5))
      guard let before, let after = run.usage, let time = answer.firstByte else {
        throw BenchmarkError.ended(program: program.name)
      }
      processorTime.add(after.processorTime - before.processorTime)
      if Self.changedRows(answer) > Self.rowsChangedByMove {
        scrollBytes.add(Double(answer.byteCount))
        scrollTime.add(time)
      } else {
        moveBytes.add(Double(answer.byteCount))
        moveTime.add(time)
      }
    }
  }

  private static func changedRows(_ answer: Recording) -> Int {
    zip(TerminalScreen(answer.before).rows, TerminalScreen(answer.after).rows).count { $0 != $1 }
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let lists = try Lists()
    let kinds: [(place: String, program: Program, bytes: Double, scrollBytes: Double?)] = [
      ("in a pane beside others", lists.users, 200, nil),
      ("in a pane as wide as the terminal", lists.users.zoomed, 200, 140),
      ("there, with --low-bandwidth", lists.users.savingBytes.zoomed, 35, 140),
    ]
    let figures = try measure(kinds.map(\.program) + lists.references, size: extent.size, keys: extent.keys)
    var table = Table(subject: "skydeck", references: lists.referenceNames)
    for (kind, own) in zip(kinds, figures) {
      let figures = [own] + figures.dropFirst(kinds.count)
      table.section("Down in a list of \(Lists.rows) rows, \(kind.place)")
      table.row("in the page: bytes", figures.map(\.moveBytes.median), goal: .atMost(kind.bytes))
      table.row("  first byte, ms", figures.map(\.moveTime.median), decimals: 2, goal: .ratio(2))
      table.row("  99 of 100 within, ms", figures.map(\.moveTime.p99), decimals: 2, goal: .atMost(5))
      table.row("scrolling: bytes", figures.map(\.scrollBytes.median), goal: kind.scrollBytes.map { .atMost($0) })
      table.row("  first byte, ms", figures.map(\.scrollTime.median), decimals: 2, goal: .ratio(2))
      table.row("  99 of 100 within, ms", figures.map(\.scrollTime.p99), decimals: 2, goal: .atMost(5))
      table.row("processor time of a key, ms", figures.map(\.processorTime.median), decimals: 2)
    }
    return Findings(tables: [table])
  }
}

/// The cost of many presses of Down at once: a key that is held, or a slow line that delivers them together.
struct FloodFigures {
  static let keys = 2000

  /// Milliseconds until the screen shows the final state.
  var time = Sample()
  var bytes = Sample()
  /// Whether every press moved the cursor, in every run.
  var isComplete = true

  /// - Parameter programs: they must show one row more than there are presses, so that the last row needs every press.
  static func measure(_ programs: [Program], size: Size, runs: Int) throws -> [FloodFigures] {
    let lists = try programs.map { try ProgramRun($0, size: size) }
    var figures = programs.map { _ in FloodFigures() }
    for _ in 0..<runs {
      for (index, list) in lists.enumerated() { try figures[index].add(list) }
    }
    return figures
  }

  private mutating func add(_ run: ProgramRun) throws {
    _ = try run.type("g", silence: .milliseconds(200))
    let answer = try run.type(
      String(repeating: run.down, count: Self.keys), silence: .milliseconds(200), patience: .seconds(5))
    let final = TerminalScreen(answer.after)
    time.add(answer.time { $0.cells == final.cells })
    bytes.add(Double(answer.byteCount))
    _ = try run.type("G", silence: .milliseconds(200))
    isComplete = isComplete && run.screen.cells == final.cells
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let lists = try Lists()
    let figures = try measure([lists.users] + lists.references, size: extent.size, runs: min(extent.starts, 10))
    var table = Table(subject: "skydeck", references: lists.referenceNames)
    table.section("Down \(keys) times at once")
    table.row("last row shown, ms", figures.map(\.time.median), decimals: 1, goal: .ratio(2))
    table.row("bytes", figures.map(\.bytes.median), goal: .atMost(2_500))
    table.row("every key counted", figures.map(\.isComplete))
    return Findings(tables: [table])
  }
}
