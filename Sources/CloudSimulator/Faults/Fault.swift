public import HTTPTypes

/// A fault between a client and the service.
///
/// Each case says whether the request is carried out, because a client can't know that.
public enum Fault: Hashable, Sendable {
  /// Carried out at once; the normal response comes later by this time.
  case delay(Duration)
  /// No response, and the connection stays open.
  case noAnswer(carriedOut: Bool)
  /// No connection is established. Over HTTP, where one exists already, it is closed instead.
  case refusedConnection
  /// The connection ends without a response.
  case connectionLost(carriedOut: Bool)
  /// The connection ends without a response, and the request is carried out after this time.
  case connectionLostEarly(carriedOutAfter: Duration)
  /// Carried out; the response announces its whole body and ends after this many bytes of it.
  case truncatedBody(bytes: Int)
  /// Carried out; the body arrives slowly: this many bytes at each interval.
  case drip(bytes: Int, every: Duration)
  /// Carried out; the response's body begins normally and never ends.
  case endlessBody
  /// All tokens are revoked, then the request is handled normally.
  case revokedTokens
  /// What the path names (a user, an invitation, a processor, else the cloud) is deleted as by somebody else, then the
  /// request is handled normally.
  case vanished
  /// Something else responds in place of the service, and the request isn't carried out.
  case reply(status: HTTPResponse.Status, fields: HTTPFields = [:], body: String)
  /// Carried out, but something else responds in place of the service.
  case replyAfterwards(status: HTTPResponse.Status, fields: HTTPFields = [:], body: String)

  /// The response of a proxy whose service is down: 502 in HTML.
  public static let badGateway = proxyPage(.badGateway)

  /// The framework's 429 without a wait time.
  static let throttled = reply(
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

extension Fault {
  /// Whether the service carries out the request at once.
  var carriesOut: Bool {
    switch self {
    case .delay, .truncatedBody, .replyAfterwards, .drip, .endlessBody, .revokedTokens, .vanished: true
    case .refusedConnection, .reply, .connectionLostEarly: false
    case .noAnswer(let carriedOut), .connectionLost(let carriedOut): carriedOut
    }
  }

  /// The response in place of the service's.
  var replacement: Reply? {
    switch self {
    case .reply(let status, let fields, let body), .replyAfterwards(let status, let fields, let body):
      Reply(status: status, fields: fields, content: .text(body))
    default: nil
    }
  }

  /// Whether no head of a response arrives.
  var losesAnswer: Bool {
    switch self {
    case .noAnswer, .connectionLost, .connectionLostEarly, .refusedConnection: true
    default: false
    }
  }
}

extension Fault {
  /// An HTML page of a proxy in front of the service.
  ///
  /// - Parameter carriedOut: whether the service carried out the request before the proxy timed out.
  public static func proxyPage(_ status: HTTPResponse.Status, carriedOut: Bool = false) -> Fault {
    let title = "\(status.code) \(status.reasonPhrase)"
    return answer(
      status, fields: [.contentType: "text/html"],
      body: """
        <html>
        <head><title>\(title)</title></head>
        <body>
        <center><h1>\(title)</h1></center>
        <hr><center>nginx</center>
        </body>
        </html>

        """, carriedOut: carriedOut)
  }

  /// Django's page for a failure of the service itself, before or after it carried out the request.
  public static func serverError(carriedOut: Bool = false) -> Fault {
    answer(
      .internalServerError, fields: [.contentType: "text/html"],
      body: """
        <!doctype html>
        <html lang="en">
        <head>
          <title>Server Error (500)</title>
        </head>
        <body>
          <h1>Server Error (500)</h1><p></p>
        </body>
        </html>

        """, carriedOut: carriedOut)
  }

  /// The framework's 401 for an invalid key or token.
  public static let unauthorized = reply(
    status: .unauthorized, fields: [.contentType: "application/json", .wwwAuthenticate: "Bearer realm=\"api\""],
    body: #"{"detail":"Invalid token."}"#)

  /// The current edition's 402.
  public static let paymentRequired = reply(
    status: .paymentRequired, fields: [.contentType: "application/json"],
    body: #"{"detail":"You can't create more than 1 free cloud"}"#)

  /// Carried out; the response is JSON that is cut off in the middle.
  public static let malformedBody = replyAfterwards(
    status: .ok, fields: [.contentType: "application/json"], body: #"[{"id":1,"name":"Gare du No"#)

  /// Carried out; the response is JSON, but a string in place of a list, an object or a number.
  public static let wrongType = replyAfterwards(
    status: .ok, fields: [.contentType: "application/json"], body: #""maintenance""#)

  /// The response of a network that requires its own sign-in first: 200 in HTML.
  public static let signInPage = reply(
    status: .ok, fields: [.contentType: "text/html"],
    body: """
      <!doctype html>
      <html>
      <head><title>Welcome to our network</title></head>
      <body><h1>Please sign in</h1></body>
      </html>

      """)

  private static func answer(
    _ status: HTTPResponse.Status, fields: HTTPFields, body: String, carriedOut: Bool
  ) -> Fault {
    carriedOut
      ? .replyAfterwards(status: status, fields: fields, body: body)
      : .reply(status: status, fields: fields, body: body)
  }
}
