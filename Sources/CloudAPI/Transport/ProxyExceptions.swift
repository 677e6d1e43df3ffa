#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Hosts that are reached without a proxy, as `NO_PROXY` lists them: names, which stand for those below them, too, with
/// or without a dot before them, addresses, networks (`10.0.0.0/8`) and `*` for all. Commas and blanks separate them,
/// and one may end with a port, for which alone it holds then.
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

  /// - Parameter text: what can't be read in it is passed over, as by other programs.
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

  /// The bytes of an IP address; `nil` for what is none.
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

  /// The host, an IPv6 address without its brackets, and the port behind it.
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
