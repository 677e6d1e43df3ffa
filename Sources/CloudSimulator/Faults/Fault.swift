public import HTTPTypes

/// Something that goes wrong between a client and the service.
///
/// Each case says whether the request is carried out, since that is what a client can't know.
public enum Fault: Hashable, Sendable {
  /// Carried out at once and answered as it should be, but this much later.
  case delay(Duration)
  /// Never answered, and the connection stays open.
  case noAnswer(carriedOut: Bool)
  /// No connection comes to exist. Over HTTP, where one exists already, it is closed instead.
  case refusedConnection
  /// The connection ends without an answer.
  case connectionLost(carriedOut: Bool)
  /// The connection ends without an answer, and the request is carried out this much later.
  case connectionLostEarly(carriedOutAfter: Duration)
  /// Carried out; the answer announces its whole body and ends after this many bytes of it.
  case truncatedBody(bytes: Int)
  /// Carried out; the body arrives slowly: this many bytes each time after this long.
  case drip(bytes: Int, every: Duration)
  /// Carried out; the answer's body begins as it should and never ends.
  case endlessBody
  /// All tokens are revoked, and then the request is treated as any other.
  case revokedTokens
  /// Something else answers in the service's place, and the request isn't carried out.
  case reply(status: HTTPResponse.Status, fields: HTTPFields = [:], body: String)
  /// Carried out; but something else answers in the service's place.
  case replyAfterwards(status: HTTPResponse.Status, fields: HTTPFields = [:], body: String)

  /// What a proxy says whose service is down: 502 in HTML.
  public static let badGateway = proxyPage(.badGateway)

  /// The framework's 429, where it doesn't say how long to wait.
  public static let throttled = reply(
    status: .tooManyRequests, fields: [.contentType: "application/json"],
    body: "{\"detail\":\"Request was throttled.\"}")

  /// The framework's 429.
  public static func throttled(retryAfter seconds: Int) -> Fault {
    .reply(
      status: .tooManyRequests, fields: [.contentType: "application/json", .retryAfter: String(seconds)],
      body: "{\"detail\":\"Request was throttled. Expected available in \(seconds) seconds.\"}")
  }

  /// The framework's 403.
  public static let forbidden = reply(
    status: .forbidden, fields: [.contentType: "application/json"],
    body: "{\"detail\":\"You do not have permission to perform this action.\"}")
}
