import TerminalTestSupport
import TerminalUI

/// What many presses of Down at once cost: a key that is held, or a slow line that delivers them together.
struct FloodFigures {
  static let keys = 2000

  /// Milliseconds until the screen shows what it ends with.
  var time = Sample()
  var bytes = Sample()
  /// Whether every press moved the cursor, in every run.
  var isComplete = true

  /// - Parameter programs: show one row more than there are presses, so that each is needed to reach the last one.
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
