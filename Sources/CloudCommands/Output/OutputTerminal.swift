import TerminalUI

/// What is known of where a command's output goes.
struct OutputTerminal: Sendable {
  /// Whether a person reads it.
  let isTerminal: Bool
  /// Columns; `nil` for no limit.
  let width: Int?
  let hasColors: Bool
  let textWidth: TextWidth

  /// `COLUMNS` is for tables that don't go to a terminal, or to one that doesn't know its size; the locale decides what
  /// can be shown.
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
