/// How requests say who sends them: the value of the `Authorization` header field.
public struct Authorization: Hashable, Sendable {
  /// What stands before the secret, with its space.
  private let prefix: String
  let secret: Secret

  /// `Authorization: Bearer …`: API keys of the classic edition, and OAuth2 access tokens.
  public static func bearer(_ secret: Secret) -> Authorization {
    Authorization(prefix: "Bearer ", secret: secret)
  }

  /// `Authorization: ApiKey …`: API keys of the current edition.
  public static func apiKey(_ secret: Secret) -> Authorization {
    Authorization(prefix: "ApiKey ", secret: secret)
  }

  /// The secret alone, as some old clients send it.
  public static func raw(_ secret: Secret) -> Authorization {
    Authorization(prefix: "", secret: secret)
  }

  var headerValue: String { prefix + secret.revealed }
}

extension Authorization: CustomStringConvertible {
  public var description: String { "\(prefix)\(secret)" }
}
