import CNcurses
import Glibc

/// The line settings of the terminal as they were found, and raw mode.
struct TerminalModes {
  let found: termios

  init() throws(TerminalError) {
    var found = termios()
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, tcgetattr(STDIN_FILENO, &found) == 0 else {
      throw .notATerminal
    }
    self.found = found
  }

  /// Raw mode: every byte is read as it is typed, also Ctrl-C, Ctrl-S and Ctrl-Z, without echo and translation.
  func setRaw() {
    var raw = found
    cfmakeraw(&raw)
    set(raw)
  }

  func setFound() {
    set(found)
  }

  private func set(_ modes: termios) {
    withUnsafePointer(to: modes) { modes in
      while tcsetattr(STDIN_FILENO, TCSANOW, modes) != 0, errno == EINTR {}
    }
  }
}

/// Restores the terminal when the program crashes or exits without doing so. The handler is in C, in the shim, because
/// a signal handler may call hardly any functions.
///
/// The shim's state is one static variable per object file: only this file may call its functions, and none of these
/// may be inlined into another file of the module, where an optimized build would give it separate state.
@MainActor
enum CrashRescue {
  /// Makes the handler work on the calling thread even after a stack overflow.
  @inline(never)
  nonisolated static func coverThread() {
    cnc_rescue_thread()
  }

  /// - Parameter sequence: the bytes to write, at most 512.
  @inline(never)
  static func arm(modes: TerminalModes, sequence: [UInt8]) {
    withUnsafePointer(to: modes.found) { modes in
      sequence.withUnsafeBytes { bytes in
        cnc_rescue_arm(STDOUT_FILENO, modes, bytes.baseAddress, bytes.count)
      }
    }
  }

  @inline(never)
  static func disarm() {
    cnc_rescue_disarm()
  }
}
