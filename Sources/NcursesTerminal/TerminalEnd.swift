/// Why the terminal is used no longer.
public enum TerminalEnd: Hashable, Sendable {
  /// SIGHUP, SIGINT, SIGQUIT or SIGTERM.
  case signal(Int32)
  /// The other end of the terminal is gone.
  case closed
}
