/// Why a text can't be the address of a proxy.
public enum HTTPProxyError: Error, Hashable, Sendable {
  case empty
  /// It starts with another scheme than `http`.
  case notHTTP
  case noPort
  case notAnAddress
}

extension HTTPProxyError: CustomStringConvertible {
  public var description: String { message }

  /// One sentence that says what is wrong and what would be right.
  public var message: String {
    switch self {
    case .empty: "The proxy's address is empty; it looks like http://proxy.example.com:3128."
    case .notHTTP: "Only proxies that are spoken to over http:// are possible, as http://proxy.example.com:3128."
    case .noPort: "The proxy's address has no port from 1 to 65535; it looks like http://proxy.example.com:3128."
    case .notAnAddress: "The proxy's address can't be read; it looks like http://user:password@proxy.example.com:3128."
    }
  }
}
