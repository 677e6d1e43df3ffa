public import HTTPTypes

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
