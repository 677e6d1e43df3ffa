import TerminalTestSupport
import TerminalUI

/// The time from the call that starts a program until its output is visible, in milliseconds.
struct StartFigures {
  var firstByte = Sample()
  /// Until the piece of output after which the screen shows the frame, with or without rows.
  var frame = Sample()
  var rows = Sample()
  /// The output until the screen no longer changes.
  var bytes = Sample()
  /// Of the threads that exist at that time, in milliseconds.
  var processorTime = Sample()
  /// In bytes.
  var peakMemory = Sample()

  /// Starts the programs in turn, so that disturbances of the machine affect all of them.
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

  static func findings(_ extent: Extent) throws -> Findings {
    let lists = try Lists()
    let figures = try measure([.demo, lists.users] + lists.references, size: extent.size, runs: extent.starts)
    var table = Table(subject: "skydeck", references: lists.referenceNames)
    table.section("Start, demonstration data")
    addRows([figures[0]] + figures.dropFirst(2), to: &table)
    table.section("Start, a cloud of \(Lists.rows) users over HTTP")
    addRows(Array(figures.dropFirst()), to: &table)
    return Findings(tables: [table])
  }

  private static func addRows(_ figures: [StartFigures], to table: inout Table) {
    table.row("first byte, ms", figures.map(\.firstByte.median), decimals: 1)
    table.row("frame painted, ms", figures.map(\.frame.median), decimals: 1, goal: .ratio(2.5))
    table.row("rows painted, ms", figures.map(\.rows.median), decimals: 1)
    table.row("bytes", figures.map(\.bytes.median))
    table.row("processor time, ms", figures.map(\.processorTime.median), decimals: 1)
    table.row("peak memory, MB", figures.map { $0.peakMemory.median / 1_048_576 }, decimals: 1)
  }
}
