/// An HTTP proxy that requests go through (RFC 9110, CONNECT).
public struct ProxyAddress: Hashable, Sendable {
  public let host: String
  public let port: Int

  /// - Parameter text: such as `http://proxy.example.com:3128`; `http://` may be left away.
  /// - Returns: `nil` for what names no host and port, and for one with a user name or password, which no setting
  ///   that is shown can hold.
  public init?(_ text: String) {
    var rest = Substring(text)
    if let scheme = rest.firstRange(of: "://") {
      guard rest[..<scheme.lowerBound].lowercased() == "http" else { return nil }
      rest = rest[scheme.upperBound...]
    }
    if rest.hasSuffix("/") { rest.removeLast() }
    guard let colon = rest.lastIndex(of: ":"), let port = UInt16(rest[rest.index(after: colon)...]), port > 0 else {
      return nil
    }
    let host = rest[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let name = isBracketed ? host.dropFirst().dropLast() : host
    let allowed = isBracketed ? "abcdef0123456789.:" : "abcdefghijklmnopqrstuvwxyz0123456789-._"
    guard !name.isEmpty, name.lowercased().allSatisfy({ allowed.contains($0) }) else { return nil }
    self.host = name.lowercased()
    self.port = Int(port)
  }
}

extension ProxyAddress: CustomStringConvertible {
  public var description: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }
}
