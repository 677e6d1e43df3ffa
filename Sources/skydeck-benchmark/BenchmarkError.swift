/// Why there are no figures.
enum BenchmarkError: Error, CustomStringConvertible {
  /// A program showed no rows in time, or ended before.
  case noRows(program: String, screen: String)
  /// A program ended while it was measured.
  case ended(program: String)
  /// No service could be put beside the programs.
  case noService(reason: String)
  /// The screen doesn't show what the figure is about.
  case notShown(String, screen: String)
  /// A command can't be started (127) or ended with another status than 0.
  case failed(command: String, status: Int32)

  var description: String {
    switch self {
    case .noRows(let program, let screen): "\(program) shows no rows. Its screen:\n\(screen)"
    case .ended(let program): "\(program) ended while it was measured."
    case .noService(let reason): "The benchmark can't serve on this machine: \(reason)."
    case .notShown(let what, let screen): "\(what) is not shown:\n\(screen)"
    case .failed(let command, let status):
      "Status \(status) of: \(command)\nThe commands are measured beside curl and python3: install both."
    }
  }
}
