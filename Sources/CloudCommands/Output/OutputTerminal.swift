import TerminalUI

/// The properties of standard output that formatting depends on.
struct OutputTerminal: Sendable {
  /// Whether the output is a terminal.
  let isTerminal: Bool
  /// The width in columns; `nil` for no limit.
  let width: Int?
  let hasColors: Bool
  let textWidth: TextWidth

  /// Takes the width of the terminal, else `COLUMNS`; the locale decides which characters can be shown.
  init(_ environment: CommandEnvironment) {
    let variables = environment.variables
    isTerminal = environment.terminal.isOutput
    let stated = variables["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    width = environment.terminal.outputWidth ?? stated
    let isPlain = variables["NO_COLOR"].map { !$0.isEmpty } ?? false
    hasColors = isTerminal && !isPlain && variables["TERM"] != "dumb"
    textWidth = CharacterLocale(environment: variables).isUnicode ? .builtIn : .ascii
  }
}
