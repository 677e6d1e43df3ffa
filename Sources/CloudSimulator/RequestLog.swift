import HTTPTypes

/// The last requests, bounded, so that a simulator can run for months.
struct RequestLog: Sendable {
  private static let limit = 10_000

  private var recorded: [RecordedRequest] = []

  /// The oldest first.
  var requests: [RecordedRequest] {
    recorded.suffix(Self.limit)
  }

  mutating func record(_ request: HTTPRequest, status: HTTPResponse.Status?) {
    let path = String((request.path ?? "/").prefix { $0 != "?" })
    recorded.append(RecordedRequest(method: request.method, path: path, status: status))
    // Cut at twice the limit, so that each request pays for it once.
    if recorded.count >= 2 * Self.limit { recorded.removeFirst(recorded.count - Self.limit) }
  }
}
