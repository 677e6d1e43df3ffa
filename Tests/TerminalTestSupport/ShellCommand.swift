import Glibc

/// A program with pipes instead of a terminal, as in a shell script.
public final class ShellCommand {
  /// A program's output and how it ended.
  public struct Result: Sendable {
    public let status: ExitStatus
    public let output: String
    public let errors: String

    /// The lines of standard output.
    public var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  private let command: String
  private let process: pid_t
  private var outputEnd: Int32
  private var errorEnd: Int32
  private var output: [UInt8] = []
  private var errors: [UInt8] = []

  /// Starts a program with text, or nothing, as its standard input.
  ///
  /// - Parameters:
  ///   - executable: a path; see `BuiltProduct` for the package's own programs.
  ///   - environment: added to PATH, LANG, TZ, SWIFT_BACKTRACE and a HOME that doesn't exist; nothing else is inherited.
  public init(
    executable: String, arguments: [String] = [], environment: [String: String] = [:], input: String = ""
  ) throws {
    let usual = [
      "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "TZ": "UTC",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    command = ([executable] + arguments).joined(separator: " ")
    let (outputPipe, errorPipe) = (try Self.pipe(), try Self.pipe())
    let inputPipe = try Self.pipe()
    // Small enough for the pipe's buffer.
    precondition(input.utf8.count < 4096)
    _ = Array(input.utf8).withUnsafeBytes { write(inputPipe.write, $0.baseAddress, $0.count) }
    close(inputPipe.write)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inputPipe.read, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, outputPipe.write, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errorPipe.write, STDERR_FILENO)
    var argumentList = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = usual.merging(environment) { $1 }.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argumentList + variables { free(text) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var identifier = pid_t()
    let error = posix_spawn(&identifier, executable, &actions, &attributes, &argumentList, &variables)
    for end in [inputPipe.read, outputPipe.write, errorPipe.write] { close(end) }
    (process, outputEnd, errorEnd) = (identifier, outputPipe.read, errorPipe.read)
    guard error == 0 else {
      throw TerminalTestError.system(call: "posix_spawn \(executable)", reason: String(cString: strerror(error)))
    }
  }

  deinit {
    for end in [outputEnd, errorEnd] where end >= 0 { close(end) }
  }

  /// Runs a program to its end.
  public static func run(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
  ) throws -> Result {
    try ShellCommand(executable: executable, arguments: arguments, environment: environment, input: input).result()
  }

  public func send(signal: Int32) {
    kill(process, signal)
  }

  /// Reads standard output until it contains a text.
  public func waitForOutput(_ text: String, within limit: Duration = .seconds(60)) throws {
    try read(until: { String(decoding: self.output, as: UTF8.self).contains(text) }, within: limit, for: text)
  }

  /// Reads standard error until it contains a text.
  public func waitForError(_ text: String, within limit: Duration = .seconds(60)) throws {
    try read(until: { String(decoding: self.errors, as: UTF8.self).contains(text) }, within: limit, for: text)
  }

  /// Stops reading standard output, as `head` does after enough lines.
  public func closeOutput() {
    close(outputEnd)
    outputEnd = -1
  }

  /// The program's output, after it has ended.
  public func result(within limit: Duration = .seconds(60)) throws -> Result {
    do {
      try read(until: { self.outputEnd < 0 && self.errorEnd < 0 }, within: limit, for: "the end of \(command)")
    } catch {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
      throw error
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    return Result(
      status: ExitStatus(waitStatus: status), output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  private func read(until isEnough: () -> Bool, within limit: Duration, for expectation: String) throws {
    let end = ContinuousClock.now + limit
    while !isEnough() {
      guard ContinuousClock.now < end, outputEnd >= 0 || errorEnd >= 0 else {
        let said = String(decoding: output.suffix(2_000) + errors.suffix(2_000), as: UTF8.self)
        throw TerminalTestError.timedOut(waitingFor: expectation, screen: said)
      }
      var waiting = [outputEnd, errorEnd].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&waiting, 2, 100) > 0 else { continue }
      if waiting[0].revents != 0 { Self.read(&outputEnd, into: &output) }
      if waiting[1].revents != 0 { Self.read(&errorEnd, into: &errors) }
    }
  }

  private static func read(_ end: inout Int32, into bytes: inout [UInt8]) {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(end, &chunk, chunk.count)
    if count > 0 {
      bytes += chunk[..<count]
    } else {
      close(end)
      end = -1
    }
  }

  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    // Close-on-exec from the start, because another story may start a program at the same time. Swift doesn't import
    // `pipe2`.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw TerminalTestError.system(call: "socketpair", reason: String(cString: strerror(errno)))
    }
    return (ends[0], ends[1])
  }
}
