public import HTTPTypes

/// A request that reached the simulator.
public struct RecordedRequest: Hashable, Sendable {
  public let method: HTTPRequest.Method
  /// Without the query.
  public let path: String
  /// What it was answered with; nil where a fault lost the answer.
  public let status: HTTPResponse.Status?
}
