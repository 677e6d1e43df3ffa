/// Why a text can't be the address of a service.
public enum BaseURLError: Error, Hashable, Sendable {
  case empty
  case whitespace
  case notASCII
  case noScheme
  case unknownScheme(String)
  case noHost
  case badHost(String)
  case badPort(String)
  /// It contains a user name or password, which logs and screens would show.
  case credentials
  case queryOrFragment
  /// `http` to another machine, which would send the key unencrypted.
  case plainHTTP(host: String)
}

extension BaseURLError: CustomStringConvertible {
  public var description: String { message }

  /// One sentence that says what is wrong and how to correct it.
  public var message: String {
    switch self {
    case .empty: "The address is empty; it looks like https://api.bimdata.io."
    case .whitespace: "The address contains white space."
    case .notASCII: "The address contains characters that addresses can't; write the host in its ASCII form (xn--…)."
    case .noScheme: "The address has no scheme; it starts with https://."
    case .unknownScheme(let scheme): "The address starts with \(scheme)://; only https:// is possible."
    case .noHost: "The address names no host; it looks like https://api.bimdata.io."
    case .badHost(let host): "“\(host)” can't be the name of a host."
    case .badPort(let port): "“\(port)” can't be a port; ports are numbers from 1 to 65535."
    case .credentials: "The address contains a user name or password; set the key separately."
    case .queryOrFragment: "The address contains a query (?) or a fragment (#), which a service's address doesn't have."
    case .plainHTTP(let host): "http:// would send the key to \(host) unencrypted; use https://."
    }
  }
}
