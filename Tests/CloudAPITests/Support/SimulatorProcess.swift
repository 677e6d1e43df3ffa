#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A running `skydeck-simulator`, the real program, on a port of its own.
struct SimulatorProcess: Sendable {
  /// Why it didn't start; its own message is on standard error.
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
    /// Its exit status, if it was started and not ended by a signal.
    var exitStatus: Int32?
  }

  /// Such as `http://127.0.0.1:40123`, or `https://localhost:40123` with `--tls`.
  let address: String
  private let id: pid_t

  /// Starts it and returns when it listens.
  static func start(_ arguments: String...) async throws -> SimulatorProcess {
    try await start(arguments)
  }

  /// Starts it and returns when it listens.
  static func start(_ arguments: [String]) async throws -> SimulatorProcess {
    try await BlockingThread.run {
      let program = directoryOfThisProgram() + "/skydeck-simulator"
      let (id, output) = try spawn([program, "--port", "0"] + arguments)
      defer { close(output) }
      let announced = "listening on "
      guard let line = readLine(from: output), line.hasPrefix(announced) else {
        // It has ended already, or is told to end: its output is closed.
        let exitStatus = end(id)
        throw NotStarted(description: "\(program) doesn't listen.", exitStatus: exitStatus)
      }
      return SimulatorProcess(address: String(line.dropFirst(announced.count)), id: id)
    }
  }

  /// Ends it and returns when it has ended.
  func stop() async throws {
    _ = try await BlockingThread.run { Self.end(id) }
  }

  private static func spawn(_ arguments: [String]) throws -> (id: pid_t, output: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw NotStarted(description: "No pipe: error \(errno).") }
    // Otherwise a program started at the same time by another test inherits them and keeps the pipe open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)

    var id = pid_t()
    var cArguments = arguments.map { strdup($0) } + [nil]
    defer { for argument in cArguments { free(argument) } }
    let result = posix_spawn(&id, arguments[0], &actions, nil, &cArguments, environ)
    close(ends[1])
    guard result == 0 else {
      close(ends[0])
      throw NotStarted(description: "\(arguments[0]) can't be started: error \(result).")
    }
    return (id, ends[0])
  }

  private static func readLine(from descriptor: Int32) -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }

  /// - Returns: the exit status; nil if a signal ended the program.
  private static func end(_ id: pid_t) -> Int32? {
    kill(id, SIGTERM)
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }

  /// The build folder with all programs, including the tests.
  private static func directoryOfThisProgram() -> String {
    var path = CommandLine.arguments[0]
    if let resolved = realpath("/proc/self/exe", nil) {
      path = String(cString: resolved)
      free(resolved)
    }
    return path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
  }
}
