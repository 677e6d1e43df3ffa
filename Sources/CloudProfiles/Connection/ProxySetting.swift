public import CloudAPI

/// The proxy through which a service is reached.
public enum ProxySetting: Hashable, Sendable {
  /// No proxy, whatever the environment says.
  case none
  case proxy(HTTPProxy)

  public var proxy: HTTPProxy? {
    if case .proxy(let proxy) = self { proxy } else { nil }
  }
}

extension ProxySetting: CustomStringConvertible {
  /// As in the file, with the password masked.
  public var description: String { proxy?.shown ?? "none" }
}

/// The proxy that the environment sets for all programs, in the variables that curl reads: in lower case first.
/// Services on other machines use `https`, so `http_proxy` applies to none of them.
struct EnvironmentProxy {
  let proxy: Setting<ProxySetting?>
  let exceptions: Setting<ProxyExceptions>
  /// Why the proxy can't be used; it is an error only if the proxy is needed.
  let problem: SettingsError?

  private static let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]

  init(_ sources: SettingSources) {
    let exceptions = ["no_proxy", "NO_PROXY"].first { sources.variable($0) != nil }
    self.exceptions = Setting(
      ProxyExceptions(exceptions.flatMap { sources.variable($0) } ?? ""), exceptions.map { .variable($0) } ?? .builtIn)
    guard let name = Self.names.first(where: { sources.variable($0) != nil }), let text = sources.variable(name) else {
      (proxy, problem) = (Setting(nil, .builtIn), nil)
      return
    }
    do throws(SettingsError) {
      (proxy, problem) = (Setting(try SettingSources.value(text, of: name, SettingText.proxy), .variable(name)), nil)
    } catch {
      proxy = Setting(nil, .builtIn)
      problem = SettingsError(error.message + " SKYDECK_PROXY=none overrides it.")
    }
  }
}
