import HTTPTypes

extension Simulator {
  /// Where clients ask for tokens; in life it is at the identity server, which is another host.
  public static let tokenPath = "/auth/realms/bimdata/protocol/openid-connect/token"

  /// Answers a request to the token endpoint with a token (RFC 6749, section 5.1).
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

/// What a client that asked rightly is given.
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
