/// Why there are no figures.
enum BenchmarkError: Error, CustomStringConvertible {
  /// A program showed no rows in time, or ended before.
  case noRows(program: String, screen: String)
  /// A program ended while it was measured.
  case ended(program: String)

  var description: String {
    switch self {
    case .noRows(let program, let screen): "\(program) shows no rows. Its screen:\n\(screen)"
    case .ended(let program): "\(program) ended while it was measured."
    }
  }
}
