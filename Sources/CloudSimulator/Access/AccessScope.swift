/// What a key or a token may be allowed beyond what needs no scope, by the names of BIMData's documentation.
public enum AccessScope: String, CaseIterable, Sendable {
  case cloudRead = "cloud:read"
  case cloudManage = "cloud:manage"
  case organizationManage = "org:manage"

  /// Everything.
  public static let all = Set(allCases)

  /// The names in the order of the cases, as a token's answer lists them: between single spaces.
  static func names(_ scopes: Set<AccessScope>) -> String {
    allCases.filter(scopes.contains).map(\.rawValue).joined(separator: " ")
  }

  /// Reads `SCOPE+SCOPE…`.
  static func parse(_ text: Substring) throws(AccessError) -> Set<AccessScope> {
    var scopes: Set<AccessScope> = []
    for name in text.split(separator: "+", omittingEmptySubsequences: false) {
      guard let scope = AccessScope(rawValue: String(name)) else {
        throw AccessError(
          "there is no scope '\(name)'; the scopes are \(allCases.map(\.rawValue).joined(separator: ", ")), "
            + "several of them joined by '+'")
      }
      scopes.insert(scope)
    }
    return scopes
  }
}
