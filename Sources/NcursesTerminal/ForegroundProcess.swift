import CNcurses
import ChildProgram
import Glibc

/// A program that has exclusive use of the terminal, such as an editor.
@MainActor
struct ForegroundProcess {
  let identifier: pid_t

  /// Starts a program, found in PATH.
  init(_ arguments: [String], environment: [String: String]) throws(TerminalError) {
    guard let name = arguments.first else { throw .programNotStarted(name: "", reason: "no name was given") }
    do throws(ChildProgram.StartError) {
      identifier = try ChildProgram.start(name, arguments, environment: environment, as: .foreground)
    } catch {
      throw .programNotStarted(name: name, reason: error.reason)
    }
  }

  /// Waits for its end without blocking the main actor.
  ///
  /// - Returns: the exit status; for a signal 128 plus its number, as in shells.
  func wait() async -> Int32 {
    let descriptor = cnc_pidfd_open(identifier)
    if descriptor >= 0 {
      await withCheckedContinuation { continuation in
        var watch: MainLoop.Watch?
        watch = MainLoop.watch(reading: descriptor) {
          watch?.cancel()
          watch = nil
          close(descriptor)
          continuation.resume()
        }
      }
    }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

/// Ends the program that has the terminal when this one ends: two programs that read one terminal take each other's
/// keys.
extension ForegroundProcess {
  /// How long it may take to end on a signal that it also received.
  private static let ownPatience = Duration.milliseconds(150)
  /// How long it may take to save its data after it was told to end.
  private static let patience = Duration.milliseconds(400)

  /// Ends the program and its descendants on this terminal by a signal, and kills those that don't end in time.
  ///
  /// The signal is sent only if they don't end without it: a hang-up is sent to every process on the terminal, and vim
  /// ends at once on the second one and deletes its swap file.
  ///
  /// - Returns: whether it exited by itself, as a program does that restores the terminal.
  func end(with signal: Int32) -> Bool {
    let family = Family(of: identifier)
    if !family.hasEnded(within: Self.ownPatience) {
      family.send(signal)
      // A stopped process handles the signal when it continues.
      family.send(SIGCONT)
      guard family.hasEnded(within: Self.patience) else {
        family.send(SIGKILL)
        _ = family.hasEnded(within: .milliseconds(50))
        return false
      }
    }
    var info = siginfo_t()
    let isEnded = waitid(P_PID, id_t(identifier), &info, WEXITED | WNOHANG | WNOWAIT) == 0
    return isEnded && info.si_code == CLD_EXITED
  }
}

/// A program that has exclusive use of the terminal, such as an editor.
@MainActor
private final class Family {
  private let root: pid_t
  private var members: [pid_t: Int32] = [:]

  init(of root: pid_t) {
    self.root = root
    update()
  }

  isolated deinit {
    for descriptor in members.values { close(descriptor) }
  }

  /// Sends a signal to all that are still running, including those started meanwhile.
  func send(_ signal: Int32) {
    update()
    for descriptor in members.values { _ = cnc_pidfd_send_signal(descriptor, signal) }
  }

  /// Waits until all have ended, at most that long. Blocks the thread.
  func hasEnded(within limit: Duration) -> Bool {
    let end = ContinuousClock.now + limit
    for descriptor in members.values {
      while true {
        let rest = max(.zero, ContinuousClock.now.duration(to: end))
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = Glibc.poll(&poll, 1, Int32((rest / .milliseconds(1)).rounded(.up)))
        if ready > 0 { break }
        if ready == 0 || errno != EINTR { return false }
      }
    }
    return true
  }

  private func update() {
    // Parents are visited before their children, which change their parent when it ends.
    var found = [root] + members.keys
    while let process = found.popLast() {
      if members[process] == nil {
        // A process that left the session, such as a detached editor window, doesn't use the terminal.
        guard getsid(process) == getsid(0) else { continue }
        let descriptor = cnc_pidfd_open(process)
        guard descriptor >= 0 else { continue }
        members[process] = descriptor
      }
      found += Self.children(of: process).filter { members[$0] == nil }
    }
  }

  private static func children(of process: pid_t) -> [pid_t] {
    let descriptor = cnc_open("/proc/\(process)/task/\(process)/children", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
  }
}
