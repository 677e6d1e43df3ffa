import Glibc
import TerminalTestSupport

/// A running `skydeck-simulator`, the real program, as the service of a story. It is ended with this object.
final class SimulatorProcess {
  /// The only key that it accepts.
  static let key = "the-right-key"

  let port: Int
  private let limit: [String]
  private let arguments: [String]
  private var identifier: pid_t

  /// Starts one on a free port, or on the port of a previous one, and returns when it listens.
  ///
  /// - Parameter descriptors: the limit on its descriptors; `nil` for that of this process.
  init(_ arguments: String..., port: Int = 0, descriptors: Int? = nil) throws {
    self.arguments = arguments
    limit = descriptors.map { ["/bin/sh", "-c", "ulimit -n \($0) && exec \"$@\"", "sh"] } ?? []
    let program = BuiltProduct.path(of: "skydeck-simulator")
    (identifier, self.port) = try Self.start(
      limit + [program, "--port", String(port), "--key", Self.key, "--control"] + arguments)
  }

  deinit { end(with: SIGKILL) }

  /// Such as `http://127.0.0.1:40123`, or `https://localhost:40123` with `--tls`.
  var address: String { arguments.contains("--tls") ? "https://localhost:\(port)" : "http://127.0.0.1:\(port)" }

  /// Access to the service's own state, without the console.
  var service: SimulatedService { SimulatedService(port: port, key: Self.key) }

  /// Waits until a request has arrived, whatever the response.
  func waitForRequest(_ method: String, _ path: String, within limit: Duration = .seconds(30)) throws {
    let end = ContinuousClock.now + limit
    while try !service.requests().contains(where: { $0.method == method && $0.path == path }) {
      guard ContinuousClock.now < end else {
        throw TerminalTestError.timedOut(waitingFor: "\(method) \(path)", screen: "")
      }
    }
  }

  /// Ends it: from now on connections are refused.
  func stop() { end(with: SIGTERM) }

  /// Starts a new one on the same port, with the initial data.
  func restart() throws {
    stop()
    let program = BuiltProduct.path(of: "skydeck-simulator")
    (identifier, _) = try Self.start(
      limit + [program, "--port", String(port), "--key", Self.key, "--control"] + arguments)
  }

  /// The resources that it has used so far.
  func usage() throws -> ProcessUsage {
    guard let usage = ProcessUsage(of: identifier) else {
      throw TerminalTestError.system(call: "/proc/\(identifier)", reason: "the simulator is gone")
    }
    return usage
  }

  /// Stops the process: connections are still established, but nothing is answered.
  func freeze() {
    kill(identifier, SIGSTOP)
    // It may still respond until each of its threads has stopped.
    var status: Int32 = 0
    while waitpid(identifier, &status, WUNTRACED) == -1, errno == EINTR {}
  }

  /// Continues the process, which responds to pending requests.
  func thaw() { kill(identifier, SIGCONT) }

  private func end(with signal: Int32) {
    guard identifier > 0 else { return }
    kill(identifier, signal)
    kill(identifier, SIGCONT)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) == -1, errno == EINTR {}
    identifier = 0
  }

  private static func start(_ command: [String]) throws -> (pid_t, port: Int) {
    var ends: [Int32] = [-1, -1]
    // Close-on-exec from the start, because another story may start a program at the same time.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &ends) == 0 else {
      throw TerminalTestError.system(call: "socketpair", errno)
    }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var identifier = pid_t()
    let error = posix_spawn(&identifier, command[0], &actions, nil, &arguments, environ)
    close(ends[1])
    guard error == 0 else { throw TerminalTestError.system(call: "posix_spawn \(command[0])", error) }
    let line = Self.line(from: ends[0], within: .seconds(20))
    guard line.hasPrefix("listening on http"), let port = line.split(separator: ":").last.flatMap({ Int($0) }) else {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
      throw TerminalTestError.system(call: command.joined(separator: " "), reason: "it doesn't listen: \(line)")
    }
    return (identifier, port)
  }

  /// The first line, or the part of it that arrived before the limit or the program's end.
  private static func line(from descriptor: Int32, within limit: Duration) -> String {
    let end = ContinuousClock.now + limit
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while ContinuousClock.now < end {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 100) > 0 else { continue }
      guard read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") else { break }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TerminalTestError {
  static func system(call: String, _ number: Int32) -> TerminalTestError {
    .system(call: call, reason: String(cString: strerror(number)))
  }
}
