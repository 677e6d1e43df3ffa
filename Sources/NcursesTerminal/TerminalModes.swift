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
