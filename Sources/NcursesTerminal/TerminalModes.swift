import CNcurses
import Glibc

/// The line settings of the terminal as they were found, and raw ones.
struct TerminalModes {
  let found: termios

  init() throws(TerminalError) {
    var found = termios()
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, tcgetattr(STDIN_FILENO, &found) == 0 else {
      throw .notATerminal
    }
    self.found = found
  }

  /// Every byte comes as it is typed, also Ctrl-C, Ctrl-S and Ctrl-Z; nothing is echoed, and nothing translated.
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

/// Gives the terminal back when the program crashes or exits without doing so. The handler is C, in the shim, because hardly
/// anything may be called in one.
///
/// The shim's state is one static variable an object file: nothing else may call these functions, and none of them may be
/// inlined into another file of the module, where an optimized build would give it a state of its own.
@MainActor
enum CrashRescue {
  /// Makes the handler work on the calling thread even where its stack has overflowed.
  @inline(never)
  nonisolated static func coverThread() {
    cnc_rescue_thread()
  }

  /// - Parameter sequence: what to write, 512 bytes at most.
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
