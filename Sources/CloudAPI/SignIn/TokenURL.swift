/// Where tokens are given out: an address as it is, with the slash at its end and its query.
public struct TokenURL: Hashable, Sendable {
  let origin: Origin
  /// Path and query, as the request names them.
  let target: String

  /// - Parameter text: such as `https://iam.example.com/auth/realms/bimdata/protocol/openid-connect/token`; `http` is for
  ///   services on this machine only.
  /// - Throws: `BaseURLError`, which says what is wrong with the text and repeats nothing that may be secret.
  public init(_ text: String) throws(BaseURLError) {
    let rest: Substring
    (origin, rest) = try Origin.parse(text)
    // A fragment is no part of what is asked (RFC 6749, section 3.2).
    guard !rest.contains("#") else { throw .queryOrFragment }
    target = rest.hasPrefix("/") ? String(rest) : "/" + rest
  }
}

extension TokenURL: CustomStringConvertible, CustomReflectable {
  /// Without the query, where secrets travel.
  public var description: String { "\(origin.scheme)://\(origin.authority)\(target.prefix { $0 != "?" })" }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
