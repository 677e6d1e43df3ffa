/// The keys and clients that a simulator accepts, and their scopes.
///
/// Without keys and clients, any key is accepted and may do everything; a request without a key is always refused.
public struct Access: Hashable, Sendable {
  let keys: [AccessKey]
  /// The clients of the token endpoint.
  let clients: [AccessClient]
  /// The lifetime of a token, in seconds.
  let tokenLifetime: Int

  public init(keys: [AccessKey] = [], clients: [AccessClient] = [], tokenLifetime: Int = 3600) {
    self.keys = keys
    self.clients = clients
    self.tokenLifetime = tokenLifetime
  }
}

/// A key of an application, and its scopes.
public struct AccessKey: Hashable, Sendable {
  let text: String
  let scopes: Set<AccessScope>

  /// - Parameter scopes: an operation whose scope is missing is forbidden.
  public init(_ text: String, scopes: Set<AccessScope> = AccessScope.all) {
    self.text = text
    self.scopes = scopes
  }

  /// Parses `KEY` or `KEY:SCOPE+SCOPE…`; the key ends at the first colon.
  public init(parsing text: String) throws(AccessError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = parts.first, !key.isEmpty, !key.contains(where: \.isWhitespace) else {
      throw AccessError("a key is KEY or KEY:SCOPE+SCOPE, and KEY is neither empty nor holds white space")
    }
    self.init(String(key), scopes: parts.count > 1 ? try AccessScope.parse(parts[1]) : AccessScope.all)
  }
}

/// An application that may request tokens with its own credentials (RFC 6749, section 4.4).
public struct AccessClient: Hashable, Sendable {
  let id: String
  let secret: String
  /// The scopes of its tokens.
  let scopes: Set<AccessScope>

  public init(id: String, secret: String, scopes: Set<AccessScope> = AccessScope.all) {
    self.id = id
    self.secret = secret
    self.scopes = scopes
  }

  /// Parses `ID:SECRET` or `ID:SECRET:SCOPE+SCOPE…`; neither the id nor the secret contains a colon.
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

/// A permission of a key or token for operations that need a scope, by its name in BIMData's documentation.
public enum AccessScope: String, CaseIterable, Sendable {
  case cloudRead = "cloud:read"
  case cloudManage = "cloud:manage"
  case organizationManage = "org:manage"

  /// All scopes.
  public static let all = Set(allCases)

  /// The names in the order of the cases, separated by spaces, as a token response lists them.
  static func names(_ scopes: Set<AccessScope>) -> String {
    allCases.filter(scopes.contains).map(\.rawValue).joined(separator: " ")
  }

  /// Parses `SCOPE+SCOPE…`.
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

/// Why a text specifies neither a key nor a client.
public struct AccessError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and how to correct it, without the key or the secret.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
