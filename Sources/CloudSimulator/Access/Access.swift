/// Who may use a simulator, and what for.
///
/// Where there are neither keys nor clients, any key is right and may do everything; no key at all is never right.
public struct Access: Hashable, Sendable {
  let keys: [AccessKey]
  /// Those that the token endpoint knows.
  let clients: [AccessClient]
  /// How long a token is good, in seconds.
  let tokenLifetime: Int

  public init(keys: [AccessKey] = [], clients: [AccessClient] = [], tokenLifetime: Int = 3600) {
    self.keys = keys
    self.clients = clients
    self.tokenLifetime = tokenLifetime
  }
}

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

/// Why a text names no key and no client.
public struct AccessError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what would be right, without the key or the secret.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
