/// Why a story on a terminal could not continue. The description shows the screen.
public enum TerminalTestError: Error, CustomStringConvertible {
  /// A system call failed.
  case system(call: String, reason: String)
  /// The expected content didn't appear in time.
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
