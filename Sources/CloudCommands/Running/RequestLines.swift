import CloudAPI
import CloudChanges
import CloudViewModels

/// Prints requests on standard error for `--verbose` and `--trace`.
struct RequestLines: Sendable {
  let errors: OutputQueue
  /// Whether to print a line for each request, with status, size and time.
  let isVerbose: Bool
  /// Whether to print header fields and bodies, too, without secrets.
  let isTracing: Bool

  init(_ options: ServiceOptions, errors: OutputQueue) {
    self.errors = errors
    isVerbose = options.verbose || options.trace
    isTracing = options.trace
  }

  /// `nil` if nothing is printed.
  var observer: RequestObserver? {
    guard isVerbose else { return nil }
    return { [errors] event in
      guard let line = Self.line(event) else { return }
      errors.line(PlainText.harmless(line))
    }
  }

  /// - Parameter secrets: the secrets known to the client, too.
  func traced(_ transport: any Transport, secrets: KnownSecrets) -> any Transport {
    guard isTracing else { return transport }
    return TracingTransport(transport, secrets: secrets) { [errors] trace in
      errors.write(trace.text)
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
