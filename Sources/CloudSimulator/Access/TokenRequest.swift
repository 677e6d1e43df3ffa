import FoundationEssentials
import HTTPTypes

/// A request to the token endpoint, parsed as in RFC 6749: the client and the scopes.
struct TokenRequest {
  let clientID: String
  let secret: String
  /// Nil if the request names none, which means all scopes of the client.
  let scopes: Set<AccessScope>?
  /// Whether the client authenticates with `Authorization: Basic`, and not in the body.
  let usesBasic: Bool

  init(_ request: HTTPRequest, body: RequestBody) throws(Refusal) {
    guard body.mediaType == "application/x-www-form-urlencoded" else {
      throw .oauth("invalid_request", "The body must be of the type application/x-www-form-urlencoded.")
    }
    let form = URLEncodedForm(body.bytes)
    if let name = form.repeatedName { throw .oauth("invalid_request", "The parameter \(name) is there twice.") }
    guard let grantType = form["grant_type"] else {
      throw .oauth("invalid_request", "Missing form parameter: grant_type")
    }

    if let basic = try Self.basicCredentials(in: request) {
      if form["client_secret"] != nil { throw .oauth("invalid_request", "The client is authenticated in two ways.") }
      (clientID, secret, usesBasic) = (basic.id, basic.secret, true)
    } else {
      guard let id = form["client_id"], let secret = form["client_secret"] else {
        throw .invalidClient(usesBasic: false)
      }
      (clientID, self.secret, usesBasic) = (id, secret, false)
    }
    guard grantType == "client_credentials" else {
      throw .oauth("unsupported_grant_type", "Unsupported grant_type")
    }
    scopes = try form["scope"].map(Self.scopes)
  }

  private static func scopes(_ text: String) throws(Refusal) -> Set<AccessScope> {
    var scopes: Set<AccessScope> = []
    for name in text.split(separator: " ") {
      guard let scope = AccessScope(rawValue: String(name)) else {
        throw .oauth("invalid_scope", "Invalid scopes: \(text)")
      }
      scopes.insert(scope)
    }
    return scopes
  }

  /// The id and the secret, each form-encoded before they are joined (RFC 6749, section 2.3.1).
  private static func basicCredentials(in request: HTTPRequest) throws(Refusal) -> (id: String, secret: String)? {
    let words = (request.headerFields[.authorization] ?? "").split(whereSeparator: \.isWhitespace)
    guard let first = words.first, AuthorizationScheme(first) == .basic else { return nil }
    guard words.count == 2, let data = Data(base64Encoded: String(words[1])) else {
      throw .invalidClient(usesBasic: true)
    }
    let parts = data.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .invalidClient(usesBasic: true) }
    return (URLEncodedForm.decode(parts[0]), URLEncodedForm.decode(parts[1]))
  }
}

extension Simulator {
  /// The path of the token endpoint; the real one is on another host, the identity server.
  public static let tokenPath = "/auth/realms/bimdata/protocol/openid-connect/token"

  /// Responds to a token request with a token (RFC 6749, section 5.1).
  func issueToken(_ request: HTTPRequest, _ body: RequestBody) throws(Refusal) -> Reply {
    let asked = try TokenRequest(request, body: body)
    guard
      let client = credentials.access.clients.first(where: { $0.id == asked.clientID && $0.secret == asked.secret })
    else {
      throw .invalidClient(usesBasic: asked.usesBasic)
    }
    let scopes = asked.scopes ?? client.scopes
    guard scopes.isSubset(of: client.scopes) else {
      throw .oauth("invalid_scope", "Invalid scopes: \(AccessScope.names(scopes))")
    }
    var reply = Reply.ok(
      TokenAnswer(
        token: credentials.issueToken(scopes: scopes, at: now()), lifetime: credentials.access.tokenLifetime,
        scopes: scopes))
    reply.fields[.cacheControl] = "no-store"
    reply.fields[.pragma] = "no-cache"
    return reply
  }
}

/// The token endpoint's response to a valid request.
private struct TokenAnswer: JSONWritable {
  let token: String
  let lifetime: Int
  let scopes: Set<AccessScope>

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("access_token", token)
      object.field("expires_in", lifetime)
      object.field("token_type", "bearer")
      object.field("scope", AccessScope.names(scopes))
    }
  }
}

extension HTTPField.Name {
  fileprivate static let pragma = HTTPField.Name(parsed: "pragma") ?? .cacheControl
}

extension Refusal {
  /// The token endpoint's 400 (RFC 6749, section 5.2).
  static func oauth(_ error: String, _ description: String) -> Refusal {
    Refusal(.badRequest, fields: [.cacheControl: "no-store"], OAuthError(error: error, description: description))
  }

  /// The token endpoint's 401; it names the HTTP authentication scheme if the client used one.
  static func invalidClient(usesBasic: Bool) -> Refusal {
    var fields: HTTPFields = [.cacheControl: "no-store"]
    if usesBasic { fields[.wwwAuthenticate] = "Basic realm=\"bimdata\"" }
    return Refusal(
      .unauthorized, fields: fields,
      OAuthError(error: "invalid_client", description: "Invalid client or Invalid client credentials"))
  }
}

private struct OAuthError: JSONWritable {
  let error: String
  let description: String

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("error", error)
      object.field("error_description", description)
    }
  }
}
