import FoundationEssentials

/// A token and its lifetime.
struct AccessToken: Sendable {
  let secret: Secret
  /// The time since the token was requested, which is slightly longer than its real age.
  let age: @Sendable () -> Duration
  /// `nil` if the service didn't say: the token is used until it is refused.
  let lifetime: Duration?

  /// A request must arrive before its token expires, and the clocks of both ends differ.
  private static let longestMargin = Duration.seconds(10)

  /// Whether it can be used for another request: until ten seconds before its end, or until half its lifetime if that
  /// is later. A token with no lifetime serves only the callers that requested it.
  var isFresh: Bool {
    guard let lifetime else { return true }
    return age() < lifetime - min(Self.longestMargin, lifetime / 2)
  }

  /// Reads the response of a token endpoint (RFC 6749, section 5.1).
  ///
  /// - Throws: `UnreadableAnswer` if there is no token that can be sent in a header field, or its type isn't bearer.
  init(_ answer: Answer, age: @escaping @Sendable () -> Duration) throws(UnreadableAnswer) {
    let body = try answer.decode(Body.self, name: "the token")
    guard body.tokenType.map({ $0.lowercased() == "bearer" }) ?? true else {
      throw UnreadableAnswer(reason: "the token is not a bearer token")
    }
    secret = Secret(body.accessToken)
    guard !secret.isEmpty, secret.revealed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw UnreadableAnswer(reason: "the token is empty or contains invalid characters")
    }
    self.age = age
    lifetime = body.expiresIn
  }

  private struct Body: Decodable {
    let accessToken: String
    let tokenType: String?
    /// Documented as a number, also sent as text; any other value is treated like a missing field.
    let expiresIn: Duration?

    private static let longestLifetime = 365 * 86_400.0

    private enum CodingKeys: String, CodingKey {
      case accessToken = "access_token"
      case tokenType = "token_type"
      case expiresIn = "expires_in"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      accessToken = try container.decode(String.self, forKey: .accessToken)
      tokenType = try? container.decodeIfPresent(String.self, forKey: .tokenType)
      let seconds =
        (try? container.decode(Double.self, forKey: .expiresIn))
        ?? (try? container.decode(String.self, forKey: .expiresIn)).flatMap { Double($0) }
      expiresIn = seconds.flatMap { $0.isNaN ? nil : .seconds(min(max($0, 0), Self.longestLifetime)) }
    }
  }
}

/// How requests identify their sender: the value of the `Authorization` header field.
public struct Authorization: Hashable, Sendable {
  /// The text before the secret, with its space.
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

  /// The secret without a scheme, as some old clients send it.
  public static func raw(_ secret: Secret) -> Authorization {
    Authorization(prefix: "", secret: secret)
  }

  var headerValue: String { prefix + secret.revealed }
}

extension Authorization: CustomStringConvertible {
  public var description: String { "\(prefix)\(secret)" }
}
