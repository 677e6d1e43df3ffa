/// A key of an app, and what it may do.
public struct AccessKey: Hashable, Sendable {
  let text: String
  let scopes: Set<AccessScope>

  /// - Parameter scopes: without an operation's scope, the operation is forbidden.
  public init(_ text: String, scopes: Set<AccessScope> = AccessScope.all) {
    self.text = text
    self.scopes = scopes
  }

  /// Reads `KEY` or `KEY:SCOPE+SCOPE…`; the key ends at the first colon.
  public init(parsing text: String) throws(AccessError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = parts.first, !key.isEmpty, !key.contains(where: \.isWhitespace) else {
      throw AccessError("a key is KEY or KEY:SCOPE+SCOPE, and KEY is neither empty nor holds white space")
    }
    self.init(String(key), scopes: parts.count > 1 ? try AccessScope.parse(parts[1]) : AccessScope.all)
  }
}
