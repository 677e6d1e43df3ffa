import Glibc

/// One run of a program whose output nobody reads, as the system counts it.
struct TimedProcess {
  /// From its start to its end, ms.
  let time: Double
  /// In user and system mode, ms.
  let processorTime: Double
  /// In bytes.
  let peakMemory: Double

  /// Runs a program to its end.
  ///
  /// - Parameter command: its name, looked for in PATH, or its path, and its arguments.
  /// - Throws: a `BenchmarkError` where it can't be started or ends with another status than 0.
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
