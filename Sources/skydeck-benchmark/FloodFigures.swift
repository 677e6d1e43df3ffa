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

  /// - Parameter program: shows one row more than there are presses, so that each is needed to reach the last one.
  static func measure(_ program: Program, size: Size, runs: Int) throws -> FloodFigures {
    let run = try ProgramRun(program, size: size)
    var figures = FloodFigures()
    for _ in 0..<runs {
      _ = try run.type("g")
      let answer = try run.type(String(repeating: run.down, count: keys), silence: .milliseconds(200))
      let final = TerminalScreen(answer.after)
      figures.time.add(answer.time { $0.cells == final.cells })
      figures.bytes.add(Double(answer.byteCount))
      _ = try run.type("G")
      figures.isComplete = figures.isComplete && run.screen.cells == final.cells
    }
    return figures
  }
}
