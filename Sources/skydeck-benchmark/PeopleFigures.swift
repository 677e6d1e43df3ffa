import FoundationEssentials
import TerminalTestSupport
import TerminalUI

/// People across a thousand clouds over a slow line: the shell's commands beside curl, and the console's pane.
struct PeopleFigures {
  private static let clouds = 1_000
  private static let users = 200
  private static let people = 50_000
  /// In milliseconds.
  private static let latency = 50
  private static let connections = 16
  /// A user of three clouds in ten and an administrator of none: person 1 of the simulator's data.
  private static let leaverClouds = clouds * 3 / 10
  private static let filter = "sorensen.4"

  /// From the key to the first people on the screen, in milliseconds.
  var firstRows = Sample()
  /// From a key to its effect on the screen while lists are read.
  var keyTime = Sample()
  /// While lists are read and keys are pressed.
  var longestTurn = Sample()
  /// In bytes, when all lists are read.
  var peakMemory = Sample()
  /// From a character of the filter over all people to the last byte that changes the screen.
  var filterTime = Sample()
  /// From the key to the question whose clouds were read again, and from its answer to the last removal.
  var removal = Sample()

  fileprivate static var title: String {
    "\(clouds) clouds of \(users) users, \(latency) ms latency, \(connections) connections"
  }

  private static func service(latency: Int = 0) throws -> Service {
    try Service(clouds: clouds, users: users, people: people, latency: latency)
  }

  private static func curl(at address: String) -> CommandFigures.Command {
    .curl("\(address)/cloud/[1-\(clouds)]/{user,invitation}", connections: connections)
  }

  /// `skydeck people list` beside curl, which fetches the same lists.
  static func listTable(_ extent: Extent) throws -> Table {
    let slow = try service(latency: latency)
    return try CommandFigures.table(
      "skydeck people list, \(title)",
      [.skydeck("people", "list", on: slow), curl(at: slow.address)],
      runs: min(extent.commandRuns, 3), goal: .ratio(1.2), memory: .atMost(80))
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let service = try RecordedService(service(), latency: .milliseconds(latency))
    let curl = curl(at: service.address)
    // Records the responses before the measurement.
    _ = try TimedProcess(curl.line)
    var table = Table(subject: "skydeck", references: ["curl --parallel"])
    try FindFigures.addRows(service, curl, runs: min(extent.commandRuns, 3), to: &table)
    var figures = PeopleFigures()
    var idle: [IdleFigures] = []
    for _ in 0..<min(extent.starts, 3) {
      try figures.addSweep(service, size: extent.size)
      idle = try figures.addIndex(service, extent)
      try figures.addRemoval(size: extent.size)
    }
    figures.addRows(to: &table)
    IdleFigures.addRows(idle, to: &table)
    let isSilent = idle.allSatisfy(\.isSilent)
    return Findings(tables: [table], defects: isSilent ? [] : ["skydeck is not silent after it has read people."])
  }

  private func addRows(to table: inout Table) {
    table.section("People in the console, \(Self.title)")
    table.row("first people after the key, ms", [firstRows.median, .nan], goal: .atMost(300))
    table.row("a key meanwhile, 99 of 100 within, ms", [keyTime.p99, .nan], decimals: 2, goal: .atMost(5))
    table.row(
      "longest turn of the main actor meanwhile, ms", [longestTurn.median, .nan], decimals: 1, goal: .atMost(4))
    table.row("peak memory with all, MB", [peakMemory.median / 1_048_576, .nan], decimals: 1, goal: .atMost(120))
    table.row("a character of the filter, ms", [filterTime.median, .nan], decimals: 2, goal: .atMost(4))
    let turns = 2 * ((Self.leaverClouds + Self.connections - 1) / Self.connections)
    table.row(
      "one person out of \(Self.leaverClouds) clouds (\(turns) turns), ms", [removal.median, .nan],
      goal: .atMost(1.3 * Double(turns * Self.latency)))
  }
}

extension PeopleFigures {
  /// Presses keys while the lists are read, and quits.
  private mutating func addSweep(_ service: RecordedService, size: Size) throws {
    let log = ConsoleLog()
    let run = try start(service.address, size: size, "--log-file", log.path)
    service.forgetRequests()
    firstRows.add(try showPeople(run))
    // The first list may have few people, and Space at the last row takes its mark away again.
    let isFull = try run.type("", within: .seconds(5)) { screen in screen.rows.count { $0.contains("@") } > 15 }
    guard isFull != nil else { throw BenchmarkError.notShown("a screen of people", screen: run.screen.text) }
    var marks = 0
    while service.answeredLists < 2 * Self.clouds {
      marks += 1
      guard let time = try run.type(" ", until: { $0.contains("\(marks) marked") }) else {
        throw BenchmarkError.notShown("\(marks) marks", screen: run.screen.text)
      }
      keyTime.add(time)
      // Not synchronous with frames, which are drawn sixty times a second.
      run.watch(for: .milliseconds(23))
    }
    longestTurn.add(try log.longestTurn(quitting: run))
  }

  /// Reads all lists, filters the people, and leaves the console alone.
  private mutating func addIndex(_ service: RecordedService, _ extent: Extent) throws -> [IdleFigures] {
    let run = try start(service.address, size: extent.size)
    _ = try showPeople(run)
    try waitForAll(run)
    for time in try run.filter(Self.filter) { filterTime.add(time) }
    guard let usage = run.usage else { throw BenchmarkError.ended(program: "skydeck") }
    peakMemory.add(Double(usage.peakMemory))
    return try IdleFigures.measure([run], names: ["skydeck"], time: extent.idle)
  }

  /// Removes one person from many clouds of a service that carries it out.
  private mutating func addRemoval(size: Size) throws {
    let service = try Self.service(latency: Self.latency)
    let email = try Self.leaver(at: service.address)
    let run = try start(service.address, size: size)
    _ = try showPeople(run)
    try waitForAll(run)
    _ = try run.filter(email)
    _ = try run.type("\r", silence: .milliseconds(300))
    guard let asked = try run.type("D", within: .seconds(30), until: { $0.contains("Just re-checked") }),
      let phrase = run.screen.text.firstMatch(of: /“([^”]+)” to confirm/)?.output.1
    else { throw BenchmarkError.notShown("the question", screen: run.screen.text) }
    _ = try run.type(String(phrase), silence: .milliseconds(300))
    guard let answered = try run.type("\r", within: .seconds(30), until: { $0.contains("Removed") }) else {
      throw BenchmarkError.notShown("the removal", screen: run.screen.text)
    }
    removal.add(asked + answered)
  }

  /// The address of person 1, who is the first user of the first cloud.
  fileprivate static func leaver(at address: String) throws -> String {
    let users = Socket.get(address + "/cloud/1/user").map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let email = users.firstMatch(of: /"email":"([^"]+)"/) else {
      throw BenchmarkError.noService(reason: "no users")
    }
    return email.output.1.lowercased()
  }

  private func start(_ address: String, size: Size, _ arguments: String...) throws -> ProgramRun {
    var program = Program.console(at: address, rows: String(Self.clouds))
    program.arguments += arguments
    return try ProgramRun(program, size: size)
  }

  private func showPeople(_ run: ProgramRun) throws -> Duration {
    let time = try run.type("5", within: .seconds(20)) { screen in
      screen.contains(" 5 People ") && screen.rows.contains { $0.contains("@") }
    }
    guard let time else { throw BenchmarkError.notShown("people", screen: run.screen.text) }
    return time
  }

  /// Until nothing changes on the screen, which counts the clouds that are read.
  private func waitForAll(_ run: ProgramRun) throws {
    _ = try run.type("", silence: .seconds(1))
  }
}

/// `skydeck people find` on a terminal, where each match is printed as soon as it is found.
private enum FindFigures {
  static func addRows(
    _ service: RecordedService, _ curl: CommandFigures.Command, runs: Int, to table: inout Table
  ) throws {
    let email = try PeopleFigures.leaver(at: service.address)
    var (all, reference, delays) = (Sample(), Sample(), Sample())
    for _ in 0..<runs {
      service.forgetRequests()
      all.add(try find(email, service, &delays))
      reference.add(try TimedProcess(curl.line).time)
    }
    table.section("skydeck people find, \(PeopleFigures.title)")
    table.row(
      "a match is printed after its cloud's list came, at most, ms", [delays.maximum, .nan], goal: .atMost(100))
    table.row("all, ms", [all.median, reference.median], goal: .ratio(1.2))
  }

  /// - Returns: the time to its end.
  private static func find(_ email: String, _ service: RecordedService, _ delays: inout Sample) throws -> Duration {
    let began = ContinuousClock.now
    let terminal = try PseudoTerminal(
      executable: BuiltProduct.path(of: "skydeck"),
      arguments: ["people", "find", email, "--exact", "--columns", "cloud_id", "--no-header"],
      environment: [
        "SKYDECK_API_URL": service.address, "SKYDECK_API_KEY": "benchmark", "TERM": "xterm-256color", "LANG": "C.UTF-8",
      ], size: Size(columns: 80, rows: 24), standardError: .captured)
    var printed: [(cloud: Int, time: ContinuousClock.Instant)] = []
    var line = ""
    while !terminal.isClosed {
      let bytes = terminal.read(within: .seconds(1))
      for byte in bytes {
        if byte != UInt8(ascii: "\n") {
          line.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
          if let cloud = Int(line.filter(\.isNumber)) { printed.append((cloud, .now)) }
          line = ""
        }
      }
    }
    let time = began.duration(to: .now)
    let answers = service.requests.filter { $0.path.hasSuffix("/user") }
    let answered = Dictionary(answers.map { ($0.path, $0.answered) }) { first, _ in first }
    for match in printed {
      if let came = answered["/cloud/\(match.cloud)/user"] ?? nil { delays.add(came.duration(to: match.time)) }
    }
    guard !printed.isEmpty else { throw BenchmarkError.notShown(email, screen: terminal.standardError) }
    return time
  }
}

extension RecordedService {
  /// The lists of users and invitations that were answered.
  fileprivate var answeredLists: Int {
    requests.count { $0.answered != nil && ($0.path.hasSuffix("/user") || $0.path.hasSuffix("/invitation")) }
  }
}
