import Glibc
import TerminalUI

/// A program on its own pseudo-terminal, in bytes. Every wait has a limit, and the program is killed with this object.
public final class PseudoTerminal {
  public enum StandardError {
    /// The terminal, as usual.
    case terminal
    /// A file; see `standardError`.
    case captured
  }

  public let processIdentifier: pid_t
  /// Everything the program wrote to the terminal.
  public private(set) var output: [UInt8] = []
  /// Whether the program and its children have closed the terminal.
  public private(set) var isClosed = false

  /// TIOCSPTLCK and TIOCGPTN, which aren't imported either.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  private let master: Int32
  private let errorPath: String?
  private var status: ExitStatus?

  /// Starts a program in its own session, with default signal actions.
  ///
  /// - Parameters:
  ///   - executable: a path.
  ///   - arguments: without the program's name.
  ///   - environment: the whole environment; nothing is inherited.
  public init(
    executable: String, arguments: [String] = [], environment: [String: String] = [:], size: Size,
    standardError: StandardError = .terminal
  ) throws {
    // Done by hand, because C's `posix_openpt` isn't imported. Close-on-exec from the start, because another test may
    // start a program at the same time.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var isLocked: Int32 = 0
    var number: Int32 = 0
    guard master >= 0, ioctl(master, Self.setLock, &isLocked) == 0, ioctl(master, Self.getNumber, &number) == 0 else {
      throw TerminalTestError.system(call: "open /dev/ptmx", reason: String(cString: strerror(errno)))
    }
    let path = "/dev/pts/\(number)"
    errorPath = standardError == .captured ? try Self.temporaryFile() : nil
    Self.setSize(size, of: master)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    if let errorPath {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, O_WRONLY | O_APPEND, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // POSIX_SPAWN_SETSID isn't imported. In a new session, the terminal opened first becomes the controlling one.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | 0x80))

    var arguments = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var identifier: pid_t = 0
    let error = posix_spawn(&identifier, executable, &actions, &attributes, &arguments, &variables)
    processIdentifier = identifier
    guard error == 0 else {
      Glibc.close(master)
      throw TerminalTestError.system(call: "posix_spawn \(executable)", reason: String(cString: strerror(error)))
    }
  }

  deinit {
    if reap() == nil {
      kill(-processIdentifier, SIGKILL)
      kill(processIdentifier, SIGKILL)
      var ignored: Int32 = 0
      waitpid(processIdentifier, &ignored, 0)
    }
    Glibc.close(master)
    if let errorPath { unlink(errorPath) }
  }

  /// Types bytes. Output is read meanwhile, so that neither end waits for the other.
  public func write(_ bytes: [UInt8], within limit: Duration = .seconds(5)) throws {
    let end = ContinuousClock.now + limit
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN, ContinuousClock.now < end {
        wait(for: Int16(POLLIN | POLLOUT), within: .milliseconds(50))
        readAvailable()
      } else if errno != EINTR {
        throw TerminalTestError.system(call: "write", reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Types bytes that fit into the buffer, without reading output.
  public func type(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
  }

  /// Reads the program's output; waits for it if there is none yet.
  ///
  /// - Returns: an empty array if the limit passed or the terminal is closed.
  public func read(within limit: Duration) -> [UInt8] {
    let start = output.count
    readAvailable()
    if output.count == start, !isClosed {
      wait(for: Int16(POLLIN), within: limit)
      readAvailable()
    }
    return Array(output[start...])
  }

  public func resize(to size: Size) {
    Self.setSize(size, of: master)
  }

  public func send(signal: Int32) {
    kill(processIdentifier, signal)
  }

  /// Waits for the program's end, reading its output meanwhile.
  public func exitStatus(within limit: Duration = .seconds(30)) throws -> ExitStatus {
    let end = ContinuousClock.now + limit
    while true {
      if let status = reap() {
        readAvailable()
        return status
      }
      guard ContinuousClock.now < end else {
        throw TerminalTestError.timedOut(waitingFor: "the end of the program", screen: "")
      }
      if isClosed {
        // The terminal is closed a moment before the process can be reaped.
        poll(nil, 0, 1)
      } else {
        _ = read(within: .milliseconds(20))
      }
    }
  }

  /// Hangs up, like a terminal window that is closed.
  public func hangUp() {
    // The descriptor stays in use; otherwise another test's terminal would get its number.
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    dup2(null, master)
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    Glibc.close(null)
    isClosed = true
  }

  /// The program's output to standard error so far, if it is captured.
  public var standardError: String {
    guard let errorPath else { return "" }
    let descriptor = open(errorPath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { Glibc.close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let part = Self.readOnce(descriptor)
      if part.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += part
    }
  }

  /// Waits until standard error, which must be captured, contains `text`. The terminal isn't read meanwhile.
  public func waitForStandardError(_ text: String, within limit: Duration = .seconds(30)) throws {
    let end = ContinuousClock.now + limit
    while !standardError.contains(text) {
      guard ContinuousClock.now < end else {
        throw TerminalTestError.timedOut(waitingFor: "\"\(text)\" on standard error", screen: standardError)
      }
      poll(nil, 0, 2)
    }
  }

  private func reap() -> ExitStatus? {
    if let status { return status }
    var waitStatus: Int32 = 0
    guard waitpid(processIdentifier, &waitStatus, WNOHANG) == processIdentifier else { return nil }
    status = ExitStatus(waitStatus: waitStatus)
    return status
  }

  private func readAvailable() {
    while !isClosed {
      errno = 0
      let part = Self.readOnce(master)
      if part.isEmpty {
        // Linux reports the end of a pseudo-terminal as EIO.
        isClosed = errno == EIO || errno == 0
        return
      }
      output += part
    }
  }

  private static func readOnce(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
  }

  private func wait(for events: Int16, within limit: Duration) {
    var descriptor = pollfd(fd: master, events: events, revents: 0)
    poll(&descriptor, 1, Int32(max(0, limit / .milliseconds(1)).rounded(.up)))
  }

  private static func setSize(_ size: Size, of descriptor: Int32) {
    var window = winsize(ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &window)
  }

  private static func temporaryFile() throws -> String {
    var path = Array("/tmp/skydeck-stderr-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw TerminalTestError.system(call: "mkstemp", reason: String(cString: strerror(errno)))
    }
    Glibc.close(descriptor)
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
