public import HTTPTypes

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
