/// Scheme, host and port, which decide whether a request goes to the same service (RFC 6454).
struct Origin: Hashable, Sendable {
  /// `https`, or `http` for this machine.
  let scheme: String
  /// In lower case; an IPv6 address is in brackets.
  let host: String
  /// `nil` for the scheme's default port.
  let port: Int?

  /// - Parameter authority: host and port as written in an address.
  /// - Throws: also for `http` to another machine, so that there is no origin to which a key would travel unencrypted.
  init(scheme: String, authority: Substring) throws(BaseURLError) {
    self.scheme = scheme.lowercased()
    guard self.scheme == "https" || self.scheme == "http" else { throw .unknownScheme(scheme) }
    guard !authority.contains("@") else { throw .credentials }

    let hostEnd =
      authority.hasPrefix("[")
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) } ?? authority.endIndex
      : authority.firstIndex(of: ":") ?? authority.endIndex
    host = authority[..<hostEnd].lowercased()
    guard !host.isEmpty else { throw .noHost }
    guard Self.canBeHost(host) else { throw .badHost(host) }

    let portPart = authority[hostEnd...]
    if portPart.isEmpty {
      port = nil
    } else {
      let digits = portPart.dropFirst()
      guard portPart.hasPrefix(":"), digits.allSatisfy(\.isNumber), let number = UInt16(digits), number > 0 else {
        throw .badPort(String(digits))
      }
      port = number == Self.defaultPort(of: self.scheme) ? nil : Int(number)
    }
    guard self.scheme == "https" || isLoopback else { throw .plainHTTP(host: host) }
  }

  /// Parses the beginning of an address.
  ///
  /// - Returns: the origin, and the rest: path, query and fragment.
  static func parse(_ text: String) throws(BaseURLError) -> (Origin, rest: Substring) {
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw text.contains(where: \.isWhitespace) ? .whitespace : .notASCII
    }
    guard let schemeEnd = text.firstRange(of: "://") else { throw .noScheme }
    let rest = text[schemeEnd.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let origin = try Origin(scheme: String(text[..<schemeEnd.lowerBound]), authority: authority)
    return (origin, rest.dropFirst(authority.count))
  }

  /// Host and port, as a request writes them.
  var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// Whether the host names this machine without name resolution: `localhost`, 127.0.0.0/8 or `::1`.
  var isLoopback: Bool { Self.isLoopback(host) }

  /// - Parameter host: in lower case, an IPv6 address with or without brackets.
  static func isLoopback(_ host: String) -> Bool {
    if ["localhost", "[::1]", "::1"].contains(host) { return true }
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    return octets.count == 4 && octets[0] == "127"
      && octets.allSatisfy { $0.allSatisfy(\.isNumber) && UInt8($0) != nil }
  }

  static func canBeHost(_ host: String) -> Bool {
    guard host.hasPrefix("[") else {
      return host.utf8.allSatisfy { $0 < 0x80 } && host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
    }
    return host.hasSuffix("]") && host.contains(":")
      && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
  }

  private static func defaultPort(of scheme: String) -> UInt16 {
    scheme == "https" ? 443 : 80
  }
}
