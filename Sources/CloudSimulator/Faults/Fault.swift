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
  /// Whether the service does what it is asked, at once.
  var carriesOut: Bool {
    switch self {
    case .delay, .truncatedBody, .replyAfterwards, .drip, .endlessBody, .revokedTokens: true
    case .refusedConnection, .reply, .connectionLostEarly: false
    case .noAnswer(let carriedOut), .connectionLost(let carriedOut): carriedOut
    }
  }

  /// What answers in the service's place.
  var replacement: Reply? {
    switch self {
    case .reply(let status, let fields, let body), .replyAfterwards(let status, let fields, let body):
      Reply(status: status, fields: fields, content: .text(body))
    default: nil
    }
  }

  /// Whether no head of an answer arrives.
  var losesAnswer: Bool {
    switch self {
    case .noAnswer, .connectionLost, .connectionLostEarly, .refusedConnection: true
    default: false
    }
  }
}

extension Fault {
  /// A page of a proxy in front of the service, in HTML.
  ///
  /// - Parameter carriedOut: whether the service did what it was asked before the proxy lost patience.
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

  /// Django's page where the service itself failed, before or after it did what it was asked.
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

  /// The framework's 401 for a key or token that is wrong.
  public static let unauthorized = reply(
    status: .unauthorized, fields: [.contentType: "application/json", .wwwAuthenticate: "Bearer realm=\"api\""],
    body: #"{"detail":"Invalid token."}"#)

  /// The current edition's 402.
  public static let paymentRequired = reply(
    status: .paymentRequired, fields: [.contentType: "application/json"],
    body: #"{"detail":"You can't create more than 1 free cloud"}"#)

  /// Carried out; the answer is JSON that ends in the middle.
  public static let malformedBody = replyAfterwards(
    status: .ok, fields: [.contentType: "application/json"], body: #"[{"id":1,"name":"Gare du No"#)

  /// Carried out; the answer is JSON, but a text where the API has a list, an object or a number.
  public static let wrongType = replyAfterwards(
    status: .ok, fields: [.contentType: "application/json"], body: #""maintenance""#)

  /// What a network says that wants its own sign-in first: 200 in HTML.
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
