import TerminalTestSupport
import TerminalUI

/// How long a program takes from the call that starts it to what a person sees, in milliseconds.
struct StartFigures {
  var firstByte = Sample()
  /// The piece of output after which the screen shows the frame, with or without rows.
  var frame = Sample()
  var rows = Sample()
  /// All that is written until the screen stands still.
  var bytes = Sample()
  /// Of threads that live until then, in milliseconds.
  var processorTime = Sample()
  /// Bytes.
  var peakMemory = Sample()

  /// Starts the programs in turn, so that what disturbs the machine disturbs all of them.
  static func measure(_ programs: [Program], size: Size, runs: Int) throws -> [StartFigures] {
    var figures = programs.map { _ in StartFigures() }
    for _ in 0..<runs {
      for (index, program) in programs.enumerated() {
        let run = try ProgramRun(program, size: size)
        figures[index].add(run, program)
      }
    }
    return figures
  }

  private mutating func add(_ run: ProgramRun, _ program: Program) {
    firstByte.add(run.start.firstByte)
    frame.add(run.start.time { $0.contains(program.frame) })
    rows.add(run.start.time { $0.contains(program.rows) })
    bytes.add(Double(run.start.byteCount))
    if let usage = run.usage {
      processorTime.add(usage.processorTime)
      peakMemory.add(Double(usage.peakMemory))
    }
  }
}
