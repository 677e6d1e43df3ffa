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
  let proxyFinding: Finding

  init(_ connection: Connection, environment: [String: String]) {
    let url = connection.apiURL.value
    let options = connection.options
    isSecure = url.scheme == "https"
    let isBracketed = url.host.hasPrefix("[")
    endpoint = Endpoint(
      host: isBracketed ? String(url.host.dropFirst().dropLast()) : url.host, port: url.port ?? (isSecure ? 443 : 80))
    let isOther = HTTPTransport.isProxied(url, except: ProxyExceptions())
    let isProxied = HTTPTransport.isProxied(url, except: options.proxyExceptions.value)
    let used = isProxied ? options.proxy.value?.proxy : nil
    proxy = used.map { Endpoint(host: $0.host, port: $0.port) }
    let plain = ["http_proxy", "HTTP_PROXY"].first { environment[$0]?.isEmpty == false }
    proxyFinding =
      if isProxied, let problem = options.proxyProblem {
        .failure("way", problem.line, advice: nil, .configuration)
      } else if let used {
        .ok("way", "By way of the proxy \(used.shown) (\(options.proxy.origin)): the next two steps are about it.")
      } else if !isOther {
        .ok("way", "Without a proxy: the service is on this machine.")
      } else if options.proxy.value?.proxy != nil {
        .ok("way", "Without a proxy: \(options.proxyExceptions.origin) names \(url.host).")
      } else if options.proxy.value != nil {
        .ok("way", "Without a proxy, as \(options.proxy.origin) says.")
      } else if let plain {
        .ok("way", "Without a proxy: \(plain) is for plain http, and HTTPS_PROXY would be for this service.")
      } else {
        .ok("way", "Without a proxy.")
      }
  }

  /// What connections are made to.
  var nearest: Endpoint { proxy ?? endpoint }
}
