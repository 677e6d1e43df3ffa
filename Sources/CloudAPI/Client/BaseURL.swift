/// Where the service is: scheme, host, port and the path that its own paths are appended to.
public struct BaseURL: Hashable, Sendable {
  let origin: Origin
  /// Without a slash at its end; empty for none.
  public let path: String

  /// - Parameter text: such as `https://api.bimdata.io`, with or without a path and a slash at its end; `http` is for
  ///   services on this machine only.
  /// - Throws: `BaseURLError`, which says what is wrong with the text and repeats nothing that may be secret.
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

  /// The name of the machine, in lower case, without the port; an IPv6 address stands in brackets.
  public var host: String { origin.host }

  /// `nil` for the scheme's own.
  public var port: Int? { origin.port }
}

extension BaseURL: CustomStringConvertible {
  public var description: String { "\(scheme)://\(origin.authority)\(path)" }
}
