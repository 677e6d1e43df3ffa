/// Why no terminal can be used, or why a program couldn't run on it. The description is a message for people.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// TERM isn't set.
  case unnamedTerminal
  /// The terminal in TERM can't move a cursor.
  case incapableTerminal(name: String)
  /// terminfo has no description of the terminal in TERM.
  case unknownTerminal(name: String)
  /// The system refused a resource that the screen needs.
  case unavailable(reason: String)
  /// Another program has the terminal.
  case taken
  /// The program had the terminal when this one was told to end, and was ended with it.
  case ended
  /// A program couldn't be started.
  case programNotStarted(name: String, reason: String)

  public var description: String {
    switch self {
    case .notATerminal: "Standard input and output must be a terminal."
    case .unnamedTerminal: "TERM is not set: the kind of terminal is not known."
    case .incapableTerminal(let name): "The terminal \"\(name)\" (TERM) can't show a full screen."
    case .unknownTerminal(let name): "The terminal \"\(name)\" (TERM) is not known here; try TERM=xterm-256color."
    case .unavailable(let reason): "The screen can't be opened: \(reason)."
    case .taken: "Another program has the terminal."
    case .ended: "The program was ended, because skydeck was told to end."
    case .programNotStarted(let name, let reason): "\(name) can't be started: \(reason)."
    }
  }
}

/// Why the terminal can't be used any longer.
public enum TerminalEnd: Hashable, Sendable {
  /// SIGHUP, SIGINT, SIGQUIT or SIGTERM.
  case signal(Int32)
  /// The other end of the terminal is closed.
  case closed
}
