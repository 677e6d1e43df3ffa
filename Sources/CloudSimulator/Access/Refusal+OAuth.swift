import HTTPTypes

extension Refusal {
  /// The token endpoint's 400 (RFC 6749, section 5.2).
  static func oauth(_ error: String, _ description: String) -> Refusal {
    Refusal(.badRequest, fields: [.cacheControl: "no-store"], OAuthError(error: error, description: description))
  }

  /// The token endpoint's 401, which names the way in which the client tried to authenticate itself, if it is HTTP's.
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
