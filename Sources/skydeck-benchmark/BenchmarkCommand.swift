import ArgumentParser
import Glibc
import TerminalUI

/// `skydeck-benchmark`: measures the console beside a minimal C program with ncurses, and the commands beside curl and
/// Python, in the same run.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skydeck-benchmark",
    abstract: "Measures skydeck on a terminal beside a minimal C list with ncurses, and its commands beside curl.",
    discussion: """
      Everything is measured from outside: bytes and times on a pseudo-terminal, processor time and memory as Linux \
      counts them. The commands need curl and python3 to be beside. Times are medians. A goal with "!" before it is missed. \
      The status is 1 if skydeck does anything while it is idle, or grows in the long run.
      """)

  @Option(help: ArgumentHelp("The terminal's size.", valueName: "columns×rows"))
  var size = TerminalSize(columns: 80, rows: 24)

  @Option(help: ArgumentHelp("How often each program is started.", valueName: "n"))
  var runs = 20

  @Option(help: ArgumentHelp("How often Down is pressed, of either kind.", valueName: "n"))
  var keys = 100

  @Option(help: ArgumentHelp("How long the programs are watched at idle.", valueName: "s"))
  var idle = 10

  @Option(help: ArgumentHelp("How often each command of the shell is run.", valueName: "n"))
  var commandRuns = 5

  @Option(help: ArgumentHelp("How long the long run is.", valueName: "s"))
  var longRun = 300

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The parts to measure. (default: all but long-run)", valueName: "part"))
  var only: [Part] = []

  func validate() throws {
    guard runs > 0, keys > 0, idle > 0, commandRuns > 0, longRun > 0 else {
      throw ValidationError("'--runs', '--keys', '--idle', '--command-runs' and '--long-run' are 1 or more.")
    }
    guard idle <= 3600, longRun <= 3600 else { throw ValidationError("'--idle' and '--long-run' are 3600 at most.") }
  }

  func run() throws {
    print(
      "skydeck-benchmark: \(size) terminal, \(runs) starts, \(keys) keys, \(commandRuns) runs of commands, "
        + Machine.description)
    let extent = Extent(
      size: size.size, starts: runs, keys: keys, idle: .seconds(idle), commandRuns: commandRuns,
      longRun: .seconds(longRun))
    var defects: [String] = []
    for part in only.isEmpty ? Part.usual : only {
      let findings = try part.measure(extent)
      for table in findings.tables { print("\n" + table.text) }
      // Printed as soon as each part is finished, because all of them take minutes.
      fflush(nil)
      defects += findings.defects
    }
    guard !defects.isEmpty else { return }
    print("\n" + defects.joined(separator: "\n"))
    throw ExitCode.failure
  }
}

/// A size as typed: `80x24`.
struct TerminalSize: ExpressibleByArgument, CustomStringConvertible {
  let size: Size

  init(columns: Int, rows: Int) {
    size = Size(columns: columns, rows: rows)
  }

  init?(argument: String) {
    let parts = argument.split(whereSeparator: { "x×".contains($0) }).compactMap { Int($0) }
    guard parts.count == 2, (40...1000).contains(parts[0]), (10...1000).contains(parts[1]) else { return nil }
    self.init(columns: parts[0], rows: parts[1])
  }

  var description: String { "\(size.columns)×\(size.rows)" }
  var defaultValueDescription: String { description }
}

/// The machine and the time of the measurement.
enum Machine {
  /// `2 cores, Linux 6.1.0, 2026-03-04 13:05`.
  static var description: String {
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return "\(cores) cores, Linux \(kernel), \(date)"
  }

  private static var kernel: String {
    var name = utsname()
    uname(&name)
    return withUnsafeBytes(of: &name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static var date: String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
