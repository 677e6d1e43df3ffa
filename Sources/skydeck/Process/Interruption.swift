import CloudCommands
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Ctrl-C, SIGTERM and a line that was hung up while a command runs: the first ends what is on its way, the second the process.
///
/// Dispatch's own signal sources lose signals on Linux: it learns of one asynchronously, after `signal` was told to ignore
/// it. A handler that writes to a pipe loses none.
final class Interruption: CommandSignals {
  private let received = Mutex<Int32?>(nil)

  /// Catches the signals from now on, to the end of the process. The handler is called on a thread of its own.
  func onFirst(_ handler: @escaping @Sendable () -> Void) {
    // The handler may only touch what is there already.
    guard SignalPipe.shared.isOpen else { return }
    for number in [SIGINT, SIGTERM] { signal(number) { SignalPipe.shared.write($0) } }
    // A command that was started with `nohup` goes on.
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

/// What signals do to the process.
enum Signals {
  /// SIGQUIT ends the process: Swift's backtracer would catch it and ask what to do, on a terminal that a command may have to
  /// itself. To be called first.
  static func endOnQuit() {
    set(SIGQUIT, unlessIgnored: SIG_DFL)
  }

  /// Sets what a signal does, unless whoever started the process has it do nothing.
  static func set(_ number: Int32, unlessIgnored handler: sighandler_t?) {
    let former = signal(number, handler)
    if isIgnored(former) { signal(number, SIG_IGN) }
  }

  static func isIgnored(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// Carries the numbers of signals from their handler to a thread that may do more than a handler may.
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

  /// Safe within a signal handler.
  func write(_ number: Int32) {
    var byte = UInt8(truncatingIfNeeded: number)
    _ = Glibc.write(writeEnd, &byte, 1)
  }

  /// Waits for the next.
  func read() -> Int32? {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(readEnd, &byte, 1)
      if count == 1 { return Int32(byte) }
      if count == 0 || errno != EINTR { return nil }
    }
  }
}
