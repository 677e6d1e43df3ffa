public import CloudAPI

/// By way of which proxy a service is reached.
public enum ProxySetting: Hashable, Sendable {
  /// By none, whatever the environment says.
  case none
  case proxy(HTTPProxy)

  public var proxy: HTTPProxy? {
    if case .proxy(let proxy) = self { proxy } else { nil }
  }
}

extension ProxySetting: CustomStringConvertible {
  /// As in the file, with a mask in place of a password.
  public var description: String { proxy?.shown ?? "none" }
}
