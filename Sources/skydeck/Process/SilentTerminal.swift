import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A terminal with its echo turned off. If a signal stops or ends the process meanwhile, the echo is restored first; it
/// is turned off again when the process continues.
///
/// Unread input is discarded each time, because the shell would show it.
enum SilentTerminal {
  private struct State {
    let found: termios
    let silent: termios
    let prompt: UnsafeMutablePointer<CChar>
  }

  /// The address of the state; 0 if there is none. Signal handlers can only use this. The memory is never freed,
  /// because a handler may be running.
  private static let address = Atomic<UInt>(0)

  private static var state: State? {
    UnsafePointer<State>(bitPattern: address.load(ordering: .acquiring))?.pointee
  }

  /// Turns the echo off until the returned closure is called.
  ///
  /// - Parameter prompt: the prompt to show again when the process continues.
  /// - Returns: `nil` if there is no terminal.
  static func begin(prompt: String) -> (() -> Void)? {
    var found = termios()
    guard tcgetattr(STDIN_FILENO, &found) == 0, let prompt = strdup(prompt) else { return nil }
    var silent = found
    silent.c_lflag &= ~tcflag_t(ECHO)
    // Only the final Enter is echoed.
    silent.c_lflag |= tcflag_t(ECHONL)
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State(found: found, silent: silent, prompt: prompt))
    address.store(UInt(bitPattern: state), ordering: .releasing)
    let former = catchSignals()
    set(silent)
    return {
      address.store(0, ordering: .releasing)
      set(found)
      for (number, var action) in former { sigaction(number, &action, nil) }
    }
  }

  /// Unblocks SIGTTIN, so that reading in the background stops the process; on Dispatch's threads the read would fail.
  static func stopsInBackground() {
    allow(SIGTTIN)
  }

  private static func allow(_ number: Int32) {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Signals that end nothing, can't be caught, or belong to `Interruption`, which ends the question.
  private static let others: Set<Int32> = [
    SIGKILL, SIGSTOP, SIGCHLD, SIGURG, SIGWINCH, SIGTTIN, SIGTTOU, SIGINT, SIGTERM, SIGHUP,
  ]

  /// - Returns: the former action of each signal.
  private static func catchSignals() -> [(Int32, sigaction)] {
    var all: [(Int32, sigaction)] = []
    for number in 1...Int32(64) where !others.contains(number) {
      var former = sigaction()
      guard sigaction(number, nil, &former) == 0, !Signals.isIgnored(former.__sigaction_handler.sa_handler) else {
        continue
      }
      all.append((number, former))
      switch number {
      case SIGTSTP: signal(number) { _ in SilentTerminal.stop() }
      case SIGCONT: signal(number) { _ in SilentTerminal.goOn() }
      default: signal(number) { SilentTerminal.end(by: $0) }
      }
    }
    return all
  }

  // MARK: In signal handlers

  private static func end(by number: Int32) {
    if let state { set(state.found) }
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func stop() {
    let error = errno
    if let state { set(state.found) }
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    // The process stops here, unless nothing could continue it.
    allow(SIGTSTP)
    signal(SIGTSTP) { _ in SilentTerminal.stop() }
    goOn()
    errno = error
  }

  private static func goOn() {
    let error = errno
    var now = termios()
    if let state, isOurs, tcgetattr(STDIN_FILENO, &now) == 0, now.c_lflag & tcflag_t(ECHO) != 0 {
      set(state.silent)
      _ = write(STDERR_FILENO, state.prompt, strlen(state.prompt))
    }
    errno = error
  }

  private static func set(_ modes: termios) {
    guard isOurs else { return }
    tcflush(STDIN_FILENO, TCIFLUSH)
    withUnsafePointer(to: modes) { modes in
      while tcsetattr(STDIN_FILENO, TCSANOW, modes) != 0, errno == EINTR {}
    }
  }

  /// Whether the process is in the foreground. In the background the terminal belongs to another process, and setting
  /// its modes would stop this one.
  private static var isOurs: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }
}
