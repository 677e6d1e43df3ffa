import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// Which addresses a host has.
struct NameCheck {
  let finding: Finding
  let addresses: [String]

  private static let name = "name resolution"

  init(_ endpoint: ServicePlace.Endpoint) async {
    let host = endpoint.host
    let start = ContinuousClock.now
    let answer = await StepLimit.value {
      await withCheckedContinuation { continuation in
        // The system's resolver holds up its thread.
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
        advice: "Check the address for a slip, and the machine's DNS: getent hosts \(host)", .unavailable)
    case nil:
      addresses = []
      finding = .failure(
        Self.name, "No name server said within 10 seconds where \(host) is.",
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
