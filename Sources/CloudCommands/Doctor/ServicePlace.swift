import CloudAPI
import CloudProfiles

/// Where a service is, and by way of what it is reached.
struct ServicePlace: Sendable {
  struct Endpoint: Hashable, Sendable {
    /// An IPv6 address stands without brackets.
    let host: String
    let port: Int
  }

  let endpoint: Endpoint
  let isSecure: Bool
  /// `nil` where it is reached without one.
  let proxy: Endpoint?

  init(_ connection: Connection) {
    let url = connection.apiURL.value
    isSecure = url.scheme == "https"
    let isBracketed = url.host.hasPrefix("[")
    endpoint = Endpoint(
      host: isBracketed ? String(url.host.dropFirst().dropLast()) : url.host, port: url.port ?? (isSecure ? 443 : 80))
    // Plain http stays on this machine, and goes without one.
    proxy = isSecure ? connection.options.proxy.value.map { Endpoint(host: $0.host, port: $0.port) } : nil
  }

  /// What connections are made to.
  var nearest: Endpoint { proxy ?? endpoint }

  var proxyFinding: Finding {
    proxy.map { .ok("way", "By way of the proxy \($0.host), port \($0.port): the next two steps are about it.") }
      ?? .ok("way", "Without a proxy.")
  }
}
