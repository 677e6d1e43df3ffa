import Glibc
import TerminalTestSupport
import TerminalUI

/// The activity of an idle program.
struct IdleFigures {
  let bytes: Int
  /// In milliseconds, for the threads that exist during the whole time.
  let processorTime: Double
  let contextSwitches: Int

  /// Whether there was no byte, no processor time and no wake-up.
  var isSilent: Bool { bytes == 0 && processorTime == 0 && contextSwitches == 0 }

  private static let rest = Duration.seconds(5)

  /// Sends the programs keys, leaves them alone for five seconds, and then observes all of them for a time.
  static func measure(_ programs: [Program], size: Size, time: Duration) throws -> [IdleFigures] {
    let runs = try programs.map { try ProgramRun($0, size: size) }
    for run in runs { _ = try run.type(run.down, silence: .milliseconds(500)) }
    return try measure(runs, names: programs.map(\.name), time: time)
  }

  /// Leaves running programs alone for five seconds, and then observes all of them for a time.
  static func measure(_ runs: [ProgramRun], names: [String], time: Duration) throws -> [IdleFigures] {
    wait(rest)
    for run in runs { _ = run.readUnasked() }
    let before = try zip(runs, names).map(usage)
    wait(time)
    let after = try zip(runs, names).map(usage)
    return runs.indices.map { index in
      IdleFigures(
        bytes: runs[index].readUnasked().byteCount,
        processorTime: (after[index].processorTime - before[index].processorTime) / .milliseconds(1),
        contextSwitches: after[index].contextSwitches - before[index].contextSwitches)
    }
  }

  private static func usage(of run: ProgramRun, name: String) throws -> ProcessUsage {
    guard let usage = run.usage else { throw BenchmarkError.ended(program: name) }
    return usage
  }

  private static func wait(_ time: Duration) {
    poll(nil, 0, Int32(time / .milliseconds(1)))
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let lists = try Lists()
    let figures = try measure([.demo, lists.users] + lists.references, size: extent.size, time: extent.idle)
    var table = Table(subject: "skydeck", references: lists.referenceNames)
    let seconds = Int(extent.idle / .seconds(1))
    table.section("Idle for \(seconds) s, demonstration data")
    addRows([figures[0]] + figures.dropFirst(2), to: &table)
    table.section("Idle for \(seconds) s, after requests over HTTP")
    addRows(Array(figures.dropFirst()), to: &table)
    let isSilent = figures.prefix(2).allSatisfy(\.isSilent)
    return Findings(tables: [table], defects: isSilent ? [] : ["skydeck is not silent at idle."])
  }

  static func addRows(_ figures: [IdleFigures], to table: inout Table) {
    table.row("bytes", figures.map { Double($0.bytes) }, goal: .atMost(0))
    table.row("processor time, ms", figures.map(\.processorTime), decimals: 3, goal: .atMost(0))
    table.row("context switches", figures.map { Double($0.contextSwitches) }, goal: .atMost(0))
  }
}
