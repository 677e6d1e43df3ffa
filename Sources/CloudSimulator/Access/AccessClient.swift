/// An app that may ask for tokens with its own credentials (RFC 6749, section 4.4).
public struct AccessClient: Hashable, Sendable {
  let id: String
  let secret: String
  /// What its tokens may do.
  let scopes: Set<AccessScope>

  public init(id: String, secret: String, scopes: Set<AccessScope> = AccessScope.all) {
    self.id = id
    self.secret = secret
    self.scopes = scopes
  }

  /// Reads `ID:SECRET` or `ID:SECRET:SCOPE+SCOPE…`; neither the id nor the secret holds a colon.
  public init(parsing text: String) throws(AccessError) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw AccessError("a client is ID:SECRET or ID:SECRET:SCOPE+SCOPE")
    }
    self.init(
      id: String(parts[0]), secret: String(parts[1]),
      scopes: parts.count > 2 ? try AccessScope.parse(parts[2]) : AccessScope.all)
  }
}
