import FoundationEssentials
import Glibc
import TerminalTestSupport
import TerminalUI

/// The time until a very long list can be used, in milliseconds from the first byte of its response.
struct LongListFigures {
  static let users = 100_000
  /// Typed character by character; rows match after each.
  static let filter = "sorensen.98"

  var firstRows = Sample()
  /// Until the whole list is shown, counted and ordered.
  var allRows = Sample()
  /// In bytes.
  var peakMemory = Sample()
  /// From a character of the filter to the last byte that changes the screen.
  var filterTime = Sample()
  /// From the first character, typed as soon as all rows are shown, to the rows that match.
  var firstFilterTime = Sample()
  /// The longest time after the start during which the console was busy and handled no key.
  var longestTurn = Sample()

  /// Measures the console and the C list, which get the same response from the same service.
  private static func measure(size: Size, runs: Int) throws -> [LongListFigures] {
    let service = try RecordedService(Service(clouds: 1, users: users))
    let path = "/cloud/1/user"
    let log = ConsoleLog()
    let programs = [
      Program.console(
        at: service.address, "--cloud", "1", "--pane", "users", "--log-file", log.path, rows: String(users)),
      Program.reference(of: service.address + path, rows: String(users)),
    ]
    var figures = programs.map { _ in LongListFigures() }
    // Records the responses before the measurement.
    _ = try ProgramRun(programs[0], size: size)
    for _ in 0..<runs {
      for (index, program) in programs.enumerated() {
        service.forgetRequests()
        let run = try ProgramRun(program, size: size)
        guard let answered = service.requests.first(where: { $0.path.hasPrefix(path) })?.answered else {
          throw BenchmarkError.notShown("\(users) users", screen: run.screen.text)
        }
        try figures[index].add(run, answered: run.began.duration(to: answered))
        if index == 0 { figures[0].longestTurn.add(try longestTurn(of: run, log)) }
      }
    }
    return figures
  }

  private mutating func add(_ run: ProgramRun, answered: Duration) throws {
    func since(_ time: Duration?) -> Duration? { time.map { $0 - answered } }
    firstRows.add(since(run.start.time { $0.contains("@") }))
    allRows.add(since(run.start.time { $0.contains(String(Self.users)) && !$0.contains("loading") }))
    let times = try run.filter(Self.filter)
    firstFilterTime.add(times.first)
    for time in times { filterTime.add(time) }
    if let usage = run.usage { peakMemory.add(Double(usage.peakMemory)) }
  }

  /// Marks all rows, inverts the marks, sorts, quits, and reads the console's longest turn from its log.
  private static func longestTurn(of run: ProgramRun, _ log: ConsoleLog) throws -> Duration {
    for key in ["\u{1B}", "\u{1}", "*", "s", "e"] { _ = try run.type(key, silence: .milliseconds(300)) }
    return try log.longestTurn(quitting: run)
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let figures = try measure(size: extent.size, runs: min(extent.starts, 5))
    var table = Table(subject: "skydeck", references: ["C list"])
    table.section("\(users) users, from the first byte of their answer")
    table.row("first rows, ms", figures.map(\.firstRows.median), decimals: 1, goal: .atMost(40))
    table.row("all rows, in order, ms", figures.map(\.allRows.median), decimals: 1, goal: .atMost(150))
    table.row(
      "peak memory, MB", figures.map { $0.peakMemory.median / 1_048_576 }, decimals: 1, goal: .atMost(60))
    table.row(
      "a character of the filter, ms", figures.map(\.filterTime.median), decimals: 2, goal: .atMost(2))
    table.row("the first character, ms", figures.map(\.firstFilterTime.median), decimals: 2)
    table.row("longest turn of the main actor, ms", [figures[0].longestTurn.median], decimals: 1, goal: .atMost(4))
    return Findings(tables: [table])
  }
}

/// The console's log file, which is deleted with this object.
final class ConsoleLog {
  private let file = FileManager.default.temporaryDirectory.appending(path: "skydeck-benchmark-\(getpid()).log")

  var path: String { file.path }

  deinit { try? FileManager.default.removeItem(at: file) }

  /// Quits the console, and reads the longest time during which it was busy and handled no key.
  func longestTurn(quitting run: ProgramRun) throws -> Duration {
    try run.send("q")
    run.watch(for: .milliseconds(500))
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    guard let text = lines.last?.split(separator: "longest_turn=").last?.split(separator: " ").first,
      let seconds = Double(text)
    else { throw BenchmarkError.notShown("the longest turn", screen: String(lines.last ?? "")) }
    return .seconds(seconds)
  }
}
