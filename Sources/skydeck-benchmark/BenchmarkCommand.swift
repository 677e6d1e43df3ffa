import ArgumentParser
import Glibc
import TerminalUI

/// `skydeck-benchmark`: the console's figures beside those of a minimal C program with ncurses, and the commands' beside
/// those of curl and Python, taken in the same run.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skydeck-benchmark",
    abstract: "Measures skydeck on a terminal beside a minimal C list with ncurses, and its commands beside curl.",
    discussion: """
      Everything is measured from outside: bytes and times on a pseudo-terminal, processor time and memory as Linux \
      counts them. The commands need curl and python3 to be beside. Times are medians. The status is 1 if skydeck does anything while it is idle.
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

  @Flag(help: "Measure the commands of the shell alone.")
  var commandsOnly = false

  func validate() throws {
    guard runs > 0, keys > 0, idle > 0, commandRuns > 0 else {
      throw ValidationError("'--runs', '--keys', '--idle' and '--command-runs' are 1 or more.")
    }
    guard idle <= 3600 else { throw ValidationError("'--idle' is 3600 at most.") }
  }

  func run() throws {
    print(
      "skydeck-benchmark: \(size) terminal, \(runs) starts, \(keys) keys, \(commandRuns) runs of commands, "
        + Machine.description + "\n")
    let isSilent = try commandsOnly || measureConsole()
    try measureCommands()
    if !isSilent {
      print("\nskydeck is not silent at idle.")
      throw ExitCode.failure
    }
  }

  private func measureCommands() throws {
    let slow = try Service(clouds: CommandFigures.Sizes.clouds, users: 1, latency: CommandFigures.Sizes.latency)
    let sizes = CommandFigures.Sizes.commands(on: slow)
    let title =
      "skydeck clouds list --sizes, \(CommandFigures.Sizes.clouds) clouds, \(CommandFigures.Sizes.latency) ms latency, "
      + "\(CommandFigures.Sizes.connections) connections"
    print(CommandFigures.table(title, sizes, try CommandFigures.measure(sizes, runs: commandRuns)).text)

    let large = try Service(clouds: 1, users: CommandFigures.Users.users)
    let users = CommandFigures.Users.commands(on: large)
    let figures = try CommandFigures.measure(users, runs: commandRuns)
    print(CommandFigures.table("skydeck users list -o json, \(CommandFigures.Users.users) users", users, figures).text)
  }

  /// - Returns: whether nothing was done at idle.
  private func measureConsole() throws -> Bool {
    // One user more than Down is pressed at once, so that the last row is only reached if every press counts.
    let service = try Service(clouds: 3, users: FloodFigures.keys + 1)
    let users = Program.users(of: service)
    let references = [true, false].map { Program.reference(marks: $0, rows: service.users) }
    let report = try Report(
      start: StartFigures.measure([.demo, users] + references, size: size.size, runs: runs),
      keys: KeyFigures.measure([users] + references, size: size.size, keys: keys),
      flood: FloodFigures.measure([users] + references, size: size.size, runs: min(runs, 10)),
      idle: IdleFigures.measure([.demo, users] + references, size: size.size, time: .seconds(idle)))
    print(report.table(references: references.map(\.name), rows: service.users, idleSeconds: idle).text)
    return report.isSilentAtIdle
  }
}
