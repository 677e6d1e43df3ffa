import AsyncHTTPClient

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A proxy for services on other machines. Requests use a tunnel (CONNECT, RFC 9110 section 9.3.6), so the proxy sees
/// hosts but no requests.
public struct HTTPProxy: Hashable, Sendable {
  /// The proxy's host; an IPv6 address has no brackets.
  public let host: String
  public let port: Int
  /// The user name; `nil` if the proxy needs none.
  public let user: String?
  public let password: Secret?

  public init(host: String, port: Int, user: String? = nil, password: Secret? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }

  /// - Parameter text: such as `http://proxy.example.com:3128` or `proxy.example.com:3128`, with `user:password@`
  ///   before the host if the proxy needs them, percent-encoded.
  /// - Throws: `HTTPProxyError`, which quotes neither user nor password.
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
  /// The address as it is configured, with the password masked.
  public var shown: String { address(password: password.map { _ in Secret.mask }) }

  /// The address as it is configured, with the password: for a file that only its owner can read.
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

/// Why a text can't be the address of a proxy.
public enum HTTPProxyError: Error, Hashable, Sendable {
  case empty
  /// Its scheme isn't `http`.
  case notHTTP
  case noPort
  case notAnAddress
}

extension HTTPProxyError: CustomStringConvertible {
  public var description: String { message }

  /// One sentence that says what is wrong and how to correct it.
  public var message: String {
    switch self {
    case .empty: "The proxy's address is empty; it looks like http://proxy.example.com:3128."
    case .notHTTP: "Only http:// proxies are supported, such as http://proxy.example.com:3128."
    case .noPort: "The proxy's address has no port from 1 to 65535; it looks like http://proxy.example.com:3128."
    case .notAnAddress: "The proxy's address can't be read; it looks like http://user:password@proxy.example.com:3128."
    }
  }
}

/// Hosts that are reached without a proxy, as `NO_PROXY` lists them: names, which include their subdomains, with or
/// without a leading dot, addresses, networks (`10.0.0.0/8`) and `*` for all. Entries are separated by commas and
/// blanks; an entry with a port applies to that port only.
public struct ProxyExceptions: Hashable, Sendable {
  fileprivate enum Exception: Hashable, Sendable {
    case all
    case name(String)
    case network([UInt8], bits: Int)
  }

  fileprivate struct Entry: Hashable, Sendable {
    let exception: Exception
    /// `nil` for every port.
    let port: Int?
  }

  private let entries: [Entry]

  /// - Parameter text: entries that can't be read are ignored, as by other programs.
  public init(_ text: String = "") {
    entries = text.split { $0 == "," || $0.isWhitespace }.compactMap { Entry(String($0)) }
  }

  /// - Parameter host: in lower case, an IPv6 address with or without brackets.
  func contains(_ host: String, port: Int) -> Bool {
    var host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    if host.hasSuffix(".") { host.removeLast() }
    let address = Self.address(host)
    return entries.contains { entry in
      guard entry.port == nil || entry.port == port else { return false }
      return switch entry.exception {
      case .all: true
      case .name(let name): host == name || host.hasSuffix("." + name)
      case .network(let bytes, let bits): address.map { Self.isEqual($0, bytes, bits: bits) } ?? false
      }
    }
  }

  /// The bytes of an IP address; `nil` if the text isn't one.
  fileprivate static func address(_ text: String) -> [UInt8]? {
    for (family, length) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: length)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }

  private static func isEqual(_ one: [UInt8], _ other: [UInt8], bits: Int) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).enumerated().allSatisfy { index, pair in
      let left = min(max(bits - index * 8, 0), 8)
      return (pair.0 ^ pair.1) >> (8 - left) == 0
    }
  }
}

extension ProxyExceptions.Entry {
  fileprivate init?(_ text: String) {
    let (host, port) = Self.split(text.lowercased())
    self.port = port
    let network = host.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if host == "*" {
      exception = .all
    } else if let address = ProxyExceptions.address(String(network[0])) {
      guard network.count == 2 else {
        exception = .network(address, bits: address.count * 8)
        return
      }
      guard let bits = Int(network[1]), (0...address.count * 8).contains(bits) else { return nil }
      exception = .network(address, bits: bits)
    } else {
      var name = host.drop { $0 == "*" }.drop { $0 == "." }
      if name.hasSuffix(".") { name.removeLast() }
      guard !name.isEmpty else { return nil }
      exception = .name(String(name))
    }
  }

  /// The host, an IPv6 address without its brackets, and the port after it.
  private static func split(_ text: String) -> (host: String, port: Int?) {
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let rest = text[text.index(after: end)...]
      return (String(text[..<end].dropFirst()), rest.hasPrefix(":") ? Int(rest.dropFirst()) : nil)
    }
    guard let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon,
      let port = Int(text[text.index(after: colon)...])
    else { return (text, nil) }
    return (String(text[..<colon]), port)
  }
}
