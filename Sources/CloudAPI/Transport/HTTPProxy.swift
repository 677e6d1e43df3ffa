import AsyncHTTPClient

/// A proxy by way of which services on other machines are reached: a tunnel (CONNECT, RFC 9110 section 9.3.6), so that
/// it sees hosts and no requests.
public struct HTTPProxy: Hashable, Sendable {
  /// The name of the machine; an IPv6 address stands without brackets.
  public let host: String
  public let port: Int
  /// Who uses it; `nil` where it asks for nobody.
  public let user: String?
  public let password: Secret?

  public init(host: String, port: Int, user: String? = nil, password: Secret? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }

  /// - Parameter text: such as `http://proxy.example.com:3128` or `proxy.example.com:3128`, with `user:password@` before
  ///   the host where it asks for them, escaped as in any address.
  /// - Throws: `HTTPProxyError`, which repeats neither user nor password.
  public init(_ text: String) throws(HTTPProxyError) {
    guard !text.isEmpty else { throw .empty }
    var rest = text[...]
    if let schemeEnd = text.firstRange(of: "://") {
      guard text[..<schemeEnd.lowerBound].lowercased() == "http" else { throw .notHTTP }
      rest = text[schemeEnd.upperBound...]
    }
    var (user, password): (String?, Secret?)
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first.flatMap({ PercentEncoding.unescaped($0) }), !name.isEmpty else {
        throw .notAnAddress
      }
      user = name
      if parts.count == 2 {
        guard let text = PercentEncoding.unescaped(parts[1]) else { throw .notAnAddress }
        password = Secret(text)
      }
      rest = rest[rest.index(after: at)...]
    }
    if rest.hasSuffix("/") { rest.removeLast() }
    guard !rest.contains(where: { "/?#".contains($0) || $0.isWhitespace }) else { throw .notAnAddress }

    guard let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") else { throw .noPort }
    var host = rest[..<colon].lowercased()
    guard let port = UInt16(rest[rest.index(after: colon)...]), port > 0 else { throw .noPort }
    guard Origin.canBeHost(host), !host.isEmpty else { throw .notAnAddress }
    if host.hasPrefix("[") { host = String(host.dropFirst().dropLast()) }
    self.init(host: host, port: Int(port), user: user, password: password)
  }

  var configuration: HTTPClient.Configuration.Proxy {
    .server(
      host: host, port: port,
      authorization: user.map { .basic(username: $0, password: password?.revealed ?? "") })
  }
}

extension HTTPProxy {
  /// As it is written where it is set, with a mask in the password's place.
  public var shown: String { address(password: password.map { _ in Secret.mask }) }

  /// As it is written where it is set, password included: for a file that only its owner can read.
  public var revealedAddress: String { address(password: password.map { PercentEncoding.escaped($0.revealed) }) }

  private func address(password: String?) -> String {
    guard let user else { return description }
    return "http://\(PercentEncoding.escaped(user))\(password.map { ":" + $0 } ?? "")@\(self)"
  }
}

extension HTTPProxy: CustomStringConvertible {
  /// Host and port.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
