public import HTTPTypes

/// The last requests, bounded, so that a simulator can run for months.
struct RequestLog: Sendable {
  private static let limit = 10_000

  private var recorded: [RecordedRequest] = []
  /// How many were cut off.
  private var removedCount = 0

  /// The oldest first.
  var requests: [RecordedRequest] {
    recorded.suffix(Self.limit)
  }

  /// - Returns: its number, by which what becomes of it later is said.
  mutating func record(_ request: HTTPRequest, status: HTTPResponse.Status?, isApplied: Bool) -> Int {
    recorded.append(
      RecordedRequest(
        method: request.method, path: String(request.pathWithoutQuery), status: status, isApplied: isApplied,
        authorizationScheme: AuthorizationScheme.name(in: request.headerFields[.authorization])))
    // Cut at twice the limit, so that each request pays for it once.
    let excess = recorded.count - Self.limit
    if excess >= Self.limit {
      recorded.removeFirst(excess)
      removedCount += excess
    }
    return removedCount + recorded.count - 1
  }

  /// The operation took place after all.
  mutating func wasApplied(_ number: Int) {
    if recorded.indices.contains(number - removedCount) { recorded[number - removedCount].isApplied = true }
  }
}

/// A request that reached the simulator.
public struct RecordedRequest: Hashable, Sendable {
  public let method: HTTPRequest.Method
  /// Without the query.
  public let path: String
  /// What it was answered with; nil where a fault lost the answer.
  public let status: HTTPResponse.Status?
  /// Whether the operation took place: it was carried out and not refused, whatever became of its answer.
  public internal(set) var isApplied: Bool
  /// How the request was signed: `Bearer`, `ApiKey`, `Basic`, `raw` for a bare key, or `other`; nil where it wasn't.
  public let authorizationScheme: String?
}
