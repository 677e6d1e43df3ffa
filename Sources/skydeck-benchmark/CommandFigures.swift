import Glibc
import TerminalTestSupport

/// The cost of a command from its start to its end.
struct CommandFigures {
  /// In milliseconds.
  var time = Sample()
  /// In milliseconds.
  var processorTime = Sample()
  /// In bytes.
  var peakMemory = Sample()

  /// A command line, and its name in the table.
  struct Command {
    let name: String
    let line: [String]
    var environment: [String: String] = [:]
  }

  /// All sizes of a thousand clouds, with a latency of 50 ms, beside curl with as many connections.
  struct Sizes {
    static let clouds = 1_000
    static let latency = 50
    static let connections = 16

    static func commands(on service: Service) -> [Command] {
      [.skydeck("clouds", "list", "--sizes", "-o", "json", on: service), curl(at: service.address)]
    }

    static func curl(at address: String) -> Command {
      .curl("\(address)/cloud/[1-\(clouds)]/size", connections: connections)
    }
  }

  /// A list of a hundred thousand users as JSON.
  struct Users {
    static let users = 100_000

    static func commands(on service: Service) -> [Command] {
      let url = "\(service.address)/cloud/1/user"
      let load = """
        import json, urllib.request as u
        json.load(u.urlopen(u.Request("\(url)", headers={"Authorization": "Bearer benchmark"})))
        """
      return [
        .skydeck("users", "list", "1", "-o", "json", on: service),
        Command(name: "curl", line: ["curl", "-sSf", "-H", "Authorization: Bearer benchmark", url]),
        Command(name: "Python's json.load", line: ["python3", "-c", load]),
      ]
    }
  }

  /// Runs the commands in turn, so that disturbances of the machine affect all of them.
  static func measure(_ commands: [Command], runs: Int) throws -> [CommandFigures] {
    var figures = commands.map { _ in CommandFigures() }
    for _ in 0..<runs {
      for (index, command) in commands.enumerated() {
        let run = try TimedProcess(command.line, environment: command.environment)
        figures[index].time.add(run.time)
        figures[index].processorTime.add(run.processorTime)
        figures[index].peakMemory.add(run.peakMemory)
      }
    }
    return figures
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let people = try PeopleFigures.listTable(extent)
    let slow = try Service(clouds: Sizes.clouds, users: 1, latency: Sizes.latency)
    let sizes = try table(
      "skydeck clouds list --sizes, \(Sizes.clouds) clouds, \(Sizes.latency) ms latency, "
        + "\(Sizes.connections) connections",
      Sizes.commands(on: slow), runs: extent.commandRuns, goal: .ratio(1.2))
    let large = try Service(clouds: 1, users: Users.users)
    let users = try table(
      "skydeck users list -o json, \(Users.users) users", Users.commands(on: large), runs: extent.commandRuns)
    return Findings(tables: [sizes, users, people])
  }

  static func table(
    _ title: String, _ commands: [Command], runs: Int, goal: Table.Goal? = nil, memory: Table.Goal? = nil
  ) throws -> Table {
    let figures = try measure(commands, runs: runs)
    var table = Table(subject: "skydeck", references: commands.dropFirst().map(\.name))
    table.section(title)
    table.row("time, ms", figures.map(\.time.median), goal: goal)
    table.row("processor time, ms", figures.map(\.processorTime.median))
    table.row("peak memory, MB", figures.map { $0.peakMemory.median / 1_048_576 }, decimals: 1, goal: memory)
    return table
  }
}

extension CommandFigures.Command {
  static func skydeck(_ arguments: String..., on service: Service) -> CommandFigures.Command {
    CommandFigures.Command(
      name: "skydeck", line: [BuiltProduct.path(of: "skydeck")] + arguments,
      environment: ["SKYDECK_API_URL": service.address, "SKYDECK_API_KEY": "benchmark"])
  }

  /// Fetches all addresses of a pattern, as curl writes these: `[1-9]`, `{a,b}`.
  static func curl(_ pattern: String, connections: Int) -> CommandFigures.Command {
    CommandFigures.Command(
      name: "curl --parallel",
      line: [
        "curl", "-sSf", "--no-progress-meter", "--parallel", "--parallel-max", String(connections), "-H",
        "Authorization: Bearer benchmark", "-o", "/dev/null", pattern,
      ])
  }
}

/// One run of a program whose output is discarded, measured by the system.
struct TimedProcess {
  /// From start to end, in milliseconds.
  let time: Double
  /// In user and system mode, in milliseconds.
  let processorTime: Double
  /// In bytes.
  let peakMemory: Double

  /// Runs a program to its end.
  ///
  /// - Parameter command: its path, or its name, which is searched for in PATH; then its arguments.
  /// - Throws: a `BenchmarkError` if it can't be started or ends with a status other than 0.
  init(_ command: [String], environment: [String: String] = [:]) throws {
    let usual = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments = command.map { strdup($0) } + [nil]
    var variables = usual.merging(environment) { $1 }.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }

    var identifier = pid_t()
    let began = ContinuousClock.now
    guard posix_spawnp(&identifier, command[0], &actions, nil, &arguments, &variables) == 0 else {
      throw BenchmarkError.failed(command: command.joined(separator: " "), status: 127)
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(identifier, &status, 0, &usage) == -1, errno == EINTR {}
    time = began.duration(to: .now) / .milliseconds(1)
    guard status == 0 else {
      throw BenchmarkError.failed(command: command.joined(separator: " "), status: status >> 8 & 0xFF)
    }
    processorTime = Self.milliseconds(usage.ru_utime) + Self.milliseconds(usage.ru_stime)
    peakMemory = Double(usage.ru_maxrss) * 1024
  }

  private static func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1_000 + Double(time.tv_usec) / 1_000
  }
}
