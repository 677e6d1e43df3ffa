import TerminalTestSupport
import TerminalUI

/// What one press of Down costs, each pressed when the program has been silent after the one before.
struct KeyFigures {
  /// Bytes of presses that move the cursor within the page, and milliseconds to the first of them.
  var moveBytes = Sample()
  var moveTime = Sample()
  /// The same of presses that scroll.
  var scrollBytes = Sample()
  var scrollTime = Sample()
  /// Processor time of a press of either kind, in milliseconds.
  var processorTime = Sample()

  /// More rows than this are other ones after a scroll, and fewer after a move: two rows, a position, a title.
  private static let rowsChangedByMove = 5

  /// Walks through the programs' lists in turn, so that what disturbs the machine disturbs all of them.
  ///
  /// - Parameter keys: how many presses of either kind at least.
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

  /// Walks down from the first row over the page's end.
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
