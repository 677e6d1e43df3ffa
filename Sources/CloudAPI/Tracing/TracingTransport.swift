import HTTPTypes

/// Hands requests on to another transport, and tells of each exchange when it has ended, as text without secrets.
///
/// Masked are the values of header fields that carry keys and cookies, those of JSON members and form fields named
/// `password`, `client_secret`, `access_token` and the like, and every known secret wherever it stands. Bodies are
/// collected first and masked as a whole, so that a secret that arrives in parts is found, and then cut at 64 KB. The
/// answer itself is handed on as it arrives.
public struct TracingTransport: Transport {
  private let next: any Transport
  private let secrets: KnownSecrets
  private let trace: @Sendable (Trace) -> Void

  /// - Parameters:
  ///   - secrets: the ones that the client knows, too.
  ///   - trace: is told of every exchange, in the order in which they end, on a task of the request's own.
  public init(_ next: any Transport, secrets: KnownSecrets, trace: @escaping @Sendable (Trace) -> Void) {
    self.next = next
    self.secrets = secrets
    self.trace = trace
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let response: TransportResponse
    do {
      response = try await next.send(request)
    } catch {
      tell(of: request, failure: error)
      throw error
    }
    let recording = TraceRecording { body, failure in
      tell(of: request, response.head, body, failure: failure)
    }
    return TransportResponse(head: response.head, body: recording.body(of: response.body))
  }

  public func forgetConnections() {
    next.forgetConnections()
  }

  private func tell(
    of request: TransportRequest, _ head: HTTPResponse? = nil, _ body: TraceBody = TraceBody(),
    failure: TransportError? = nil
  ) {
    let redaction = Redaction(secrets)
    trace(
      Trace(
        request: redaction.text(of: request), response: head.map { redaction.text(of: $0, body) },
        failure: failure.map { redaction.text(of: $0) }))
  }
}
