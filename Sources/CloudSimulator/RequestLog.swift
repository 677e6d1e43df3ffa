import HTTPTypes

/// The last requests, bounded, so that a simulator can run for months.
struct RequestLog: Sendable {
  private static let limit = 10_000

  private var recorded: [RecordedRequest] = []

  /// The oldest first.
  var requests: [RecordedRequest] {
    recorded.suffix(Self.limit)
  }

  mutating func record(_ request: HTTPRequest, status: HTTPResponse.Status?, isApplied: Bool) {
    recorded.append(
      RecordedRequest(
        method: request.method, path: String(request.pathWithoutQuery), status: status, isApplied: isApplied,
        authorizationScheme: AuthorizationScheme.name(in: request.headerFields[.authorization])))
    // Cut at twice the limit, so that each request pays for it once.
    if recorded.count >= 2 * Self.limit { recorded.removeFirst(recorded.count - Self.limit) }
  }
}
