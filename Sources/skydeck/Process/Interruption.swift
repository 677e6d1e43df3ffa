import CloudCommands
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Ctrl-C, SIGTERM and SIGHUP while a command runs: the first signal cancels the command, the second ends the process.
///
/// Dispatch's own signal sources lose signals on Linux: they learn of a signal asynchronously, after `signal` was told
/// to ignore it. A handler that writes to a pipe loses none.
final class Interruption: CommandSignals {
  private let received = Mutex<Int32?>(nil)

  /// Catches the signals from now until the process ends. The handler is called on a thread of its own.
  func onFirst(_ handler: @escaping @Sendable () -> Void) {
    // Creates the pipe now: a signal handler must not.
    guard SignalPipe.shared.isOpen else { return }
    for number in [SIGINT, SIGTERM] { signal(number) { SignalPipe.shared.write($0) } }
    // A command started with `nohup` continues after a hang-up.
    Signals.set(SIGHUP, unlessIgnored: { SignalPipe.shared.write($0) })
    DispatchQueue(label: "signals").async {
      while let number = SignalPipe.shared.read() {
        guard self.isFirst(number) else { _exit(128 + number) }
        handler()
      }
    }
  }

  var number: Int32? { received.withLock { $0 } }

  private func isFirst(_ number: Int32) -> Bool {
    received.withLock { received in
      defer { received = received ?? number }
      return received == nil
    }
  }
}

/// The actions of signals.
enum Signals {
  /// Lets SIGQUIT end the process; otherwise Swift's backtracer would catch it and prompt on a terminal that a command
  /// may be using. Call it first.
  static func endOnQuit() {
    set(SIGQUIT, unlessIgnored: SIG_DFL)
  }

  /// Sets the action of a signal, unless the process was started with the signal ignored.
  static func set(_ number: Int32, unlessIgnored handler: sighandler_t?) {
    let former = signal(number, handler)
    if isIgnored(former) { signal(number, SIG_IGN) }
  }

  static func isIgnored(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// Carries signal numbers from the signal handler to a thread, which may do more than a handler.
private struct SignalPipe: Sendable {
  static let shared = SignalPipe()

  private let readEnd: Int32
  private let writeEnd: Int32

  private init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  var isOpen: Bool { readEnd >= 0 }

  /// Writes a signal number; safe in a signal handler.
  func write(_ number: Int32) {
    var byte = UInt8(truncatingIfNeeded: number)
    _ = Glibc.write(writeEnd, &byte, 1)
  }

  /// Waits for the next signal number.
  func read() -> Int32? {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(readEnd, &byte, 1)
      if count == 1 { return Int32(byte) }
      if count == 0 || errno != EINTR { return nil }
    }
  }
}
