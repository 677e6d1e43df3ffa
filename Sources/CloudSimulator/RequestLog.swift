public import HTTPTypes

/// The last requests. Their number is limited, so that a simulator can run for months.
struct RequestLog: Sendable {
  private static let limit = 10_000

  private var recorded: [RecordedRequest] = []
  /// The number of requests that were dropped.
  private var removedCount = 0

  /// The oldest first.
  var requests: [RecordedRequest] {
    recorded.suffix(Self.limit)
  }

  /// - Returns: the request's number, for later updates.
  mutating func record(_ request: HTTPRequest, status: HTTPResponse.Status?, isApplied: Bool) -> Int {
    recorded.append(
      RecordedRequest(
        method: request.method, path: String(request.pathWithoutQuery), status: status, isApplied: isApplied,
        authorizationScheme: AuthorizationScheme.name(in: request.headerFields[.authorization])))
    // Cut at twice the limit, so that the cost per request stays constant.
    let excess = recorded.count - Self.limit
    if excess >= Self.limit {
      recorded.removeFirst(excess)
      removedCount += excess
    }
    return removedCount + recorded.count - 1
  }

  /// Records that the operation was carried out later.
  mutating func wasApplied(_ number: Int) {
    if recorded.indices.contains(number - removedCount) { recorded[number - removedCount].isApplied = true }
  }
}

/// A request that reached the simulator.
public struct RecordedRequest: Hashable, Sendable {
  public let method: HTTPRequest.Method
  /// The path without the query.
  public let path: String
  /// The status of the response; nil if a fault lost the response.
  public let status: HTTPResponse.Status?
  /// Whether the operation was carried out and not refused, even if its response was lost.
  public internal(set) var isApplied: Bool
  /// The authorization scheme: `Bearer`, `ApiKey`, `Basic`, `raw` for a bare key, or `other`; nil if there was none.
  public let authorizationScheme: String?
}
