import CloudAPI
import CloudProfiles
import Dispatch
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#endif

/// The host and port of a service, and the proxy used to reach it.
struct ServicePlace: Sendable {
  struct Endpoint: Hashable, Sendable {
    /// A host name or an address; an IPv6 address has no brackets.
    let host: String
    let port: Int
  }

  let endpoint: Endpoint
  let isSecure: Bool
  /// `nil` if no proxy is used.
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
        .ok("way", "Via the proxy \(used.shown) (\(options.proxy.origin)): the next two steps are about it.")
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

  /// The endpoint that connections are made to.
  var nearest: Endpoint { proxy ?? endpoint }
}

/// Resolves the addresses of a host.
struct NameCheck {
  let finding: Finding
  let addresses: [String]

  private static let name = "name resolution"

  init(_ endpoint: ServicePlace.Endpoint) async {
    let host = endpoint.host
    let start = ContinuousClock.now
    let answer = await StepLimit.value {
      await withCheckedContinuation { continuation in
        // The system's resolver blocks its thread.
        DispatchQueue(label: "resolver").async { continuation.resume(returning: Self.resolve(host)) }
      }
    }
    let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
    switch answer {
    case .success(let addresses):
      self.addresses = addresses
      finding = .ok(Self.name, "\(host) is \(addresses.joined(separator: ", ")), found in \(milliseconds) ms.")
    case .failure(let error):
      addresses = []
      finding = .failure(
        Self.name, "\(host): \(error.reason).",
        advice: "Check the address for a typo, and the machine's DNS: getent hosts \(host)", .unavailable)
    case nil:
      addresses = []
      finding = .failure(
        Self.name, "No name server resolved in 10 seconds \(host) is.",
        advice: "Check the network and /etc/resolv.conf.", .unavailable)
    }
  }

  private struct Failure: Error {
    let reason: String
  }

  private static func resolve(_ host: String) -> Result<[String], Failure> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let error = getaddrinfo(host, nil, &hints, &list)
    guard error == 0 else { return .failure(Failure(reason: String(cString: gai_strerror(error)))) }
    defer { freeaddrinfo(list) }
    var addresses: [String] = []
    var next = list
    while let entry = next {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      if getnameinfo(
        entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
      {
        let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if !addresses.contains(address) { addresses.append(address) }
      }
      next = entry.pointee.ai_next
    }
    return .success(addresses)
  }
}

/// Measures how long a TCP connection takes, to the first address that accepts one.
struct ConnectCheck {
  let finding: Finding

  private static let name = "connection"

  init(_ endpoint: ServicePlace.Endpoint, addresses: [String]) async {
    var reasons: [String] = []
    // The limit applies to all addresses together.
    let end = ContinuousClock.now + StepLimit.standard
    for address in addresses where ContinuousClock.now < end && !Task.isCancelled {
      let start = ContinuousClock.now
      let left = start.duration(to: end)
      let result = await StepLimit.value(within: left) { await Self.connect(address, endpoint.port, within: left) }
      guard let reason = result ?? "no connection was made in time" else {
        let microseconds = start.duration(to: .now) / .microseconds(1)
        finding = .ok(
          Self.name,
          "\(address), port \(endpoint.port) took the connection after \(DoctorText.milliseconds(microseconds)).")
        return
      }
      reasons.append("\(address): \(reason)")
    }
    finding = .failure(
      Self.name, "No connection to \(endpoint.host), port \(endpoint.port): \(reasons.joined(separator: "; ")).",
      advice:
        "Check that the service is up, the port, and whether a firewall or a missing proxy setting is in the way.",
      .unavailable)
  }

  /// - Returns: the reason why there is no connection; `nil` if there is one.
  private static func connect(_ address: String, _ port: Int, within limit: Duration) async -> String? {
    do {
      let channel = try await ClientBootstrap(group: DoctorEventLoops.group)
        .connectTimeout(TimeAmount(limit)).connect(to: SocketAddress(ipAddress: address, port: port)).get()
      try? await channel.close()
      return nil
    } catch {
      return DoctorText.reason(of: error)
    }
  }
}
