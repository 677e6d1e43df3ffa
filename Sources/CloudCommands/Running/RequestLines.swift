import CloudAPI
import CloudViewModels

/// What `--verbose` says of every request: a line on standard error with status, size and time.
struct RequestLines: Sendable {
  let errors: OutputQueue

  var observer: RequestObserver {
    { [errors] event in
      guard let line = Self.line(event) else { return }
      errors.line(PlainText.harmless(line))
    }
  }

  static func line(_ event: RequestEvent) -> String? {
    let attempt = event.attempt > 1 ? " (attempt \(event.attempt))" : ""
    let request = "\(event.method) \(event.path)\(attempt)"
    switch event.kind {
    case .started: return nil
    case .finished(let status, let bytes, let duration):
      return "\(request) \(status), \(ByteText.format(Int64(bytes))), \(milliseconds(duration))"
    case .failed(let error, let duration):
      return "\(request) failed after \(milliseconds(duration)): \(error.message)"
    }
  }

  private static func milliseconds(_ duration: Duration) -> String {
    let components = duration.components
    return "\(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000) ms"
  }
}
