/// Why a story on a terminal could not go on. The description shows the screen as it was.
public enum TerminalTestError: Error, CustomStringConvertible {
  /// A call to the system failed.
  case system(call: String, reason: String)
  /// What was waited for didn't come in time.
  case timedOut(waitingFor: String, screen: String)
  /// The program ended before.
  case ended(waitingFor: String, screen: String)

  public var description: String {
    switch self {
    case .system(let call, let reason): "\(call): \(reason)"
    case .timedOut(let expectation, let screen): "Not in time: \(expectation). The screen:\n\(screen)"
    case .ended(let expectation, let screen): "The program ended before: \(expectation). The screen:\n\(screen)"
    }
  }
}
