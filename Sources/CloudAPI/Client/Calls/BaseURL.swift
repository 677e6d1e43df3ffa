/// The address of the service: scheme, host, port and the path to which the operations' paths are appended.
public struct BaseURL: Hashable, Sendable {
  /// The address of the public service.
  public static let publicAddress = "https://api.bimdata.io"

  let origin: Origin
  /// Without a trailing slash; empty if there is none.
  public let path: String

  /// - Parameter text: such as `https://api.bimdata.io`, with or without a path and a trailing slash; `http` is allowed
  ///   for services on this machine only.
  /// - Throws: `BaseURLError`, which says what is wrong with the text and quotes nothing that may be secret.
  public init(_ text: String) throws(BaseURLError) {
    let rest: Substring
    (origin, rest) = try Origin.parse(text)
    var path = rest
    guard !path.contains("?"), !path.contains("#") else { throw .queryOrFragment }
    while path.hasSuffix("/") { path.removeLast() }
    self.path = String(path)
  }

  /// `https`, or `http` for a service on this machine.
  public var scheme: String { origin.scheme }

  /// The host in lower case, without the port; an IPv6 address is in brackets.
  public var host: String { origin.host }

  /// `nil` for the scheme's default port.
  public var port: Int? { origin.port }
}

extension BaseURL: CustomStringConvertible {
  public var description: String { "\(scheme)://\(origin.authority)\(path)" }
}
