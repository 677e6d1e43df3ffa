import CNcurses
import ChildProgram
import Glibc

/// A program that has the terminal to itself, such as an editor.
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

  /// Waits for its end without holding up anything else.
  ///
  /// - Returns: the exit status; 128 and the number of the signal that ended it, as shells count.
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

/// Ending a program that has the terminal, because this one ends: two programs that read one terminal take each other's
/// keys.
extension ForegroundProcess {
  /// How long it may take to end by a signal that came to it, too.
  private static let ownPatience = Duration.milliseconds(150)
  /// How long it may take to save what it holds, once it was told to end.
  private static let patience = Duration.milliseconds(400)

  /// Has the program, and what it started on this terminal, end by a signal, and kills what hasn't by then.
  ///
  /// The signal is sent only to what doesn't end without: a hang-up comes to everything on the terminal, and vim, told
  /// twice, ends at once and takes its swap file with it.
  ///
  /// - Returns: whether it ended by itself, as a program does that gives the terminal back.
  func end(with signal: Int32) -> Bool {
    let family = Family(of: identifier)
    if !family.hasEnded(within: Self.ownPatience) {
      family.send(signal)
      // One that was stopped takes the signal when it goes on.
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

/// A process and its descendants in this session, each held so that its number can't come to mean another.
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

  /// Sends a signal to all that still run, also to those that came to be meanwhile.
  func send(_ signal: Int32) {
    update()
    for descriptor in members.values { _ = cnc_pidfd_send_signal(descriptor, signal) }
  }

  /// Waits until none runs any more, at most that long. Nothing else happens meanwhile.
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
    // Parents come before their children, which lose them when those end.
    var found = [root] + members.keys
    while let process = found.popLast() {
      if members[process] == nil {
        // What left the session, such as an editor's window that it doesn't wait in, has nothing to do with the terminal.
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
