import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// What is known of where a command's output goes.
struct OutputTerminal: Sendable {
  /// Whether a person reads it.
  let isTerminal: Bool
  /// Columns; `nil` for no limit.
  let width: Int?
  let hasColors: Bool
  let textWidth: TextWidth

  /// - Parameter environment: `COLUMNS` is for tables that don't go to a terminal, or to one that doesn't know its size; the
  ///   locale decides what can be shown.
  init(descriptor: Int32, environment: [String: String]) {
    isTerminal = isatty(descriptor) == 1
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let stated = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    width = isKnown ? Int(size.ws_col) : stated
    let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    hasColors = isTerminal && !isPlain && environment["TERM"] != "dumb"
    textWidth = CharacterLocale(environment: environment).isUnicode ? .builtIn : .ascii
  }
}
