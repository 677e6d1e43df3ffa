import NIOCore
import NIOPosix

/// How long a TCP connection takes, to the first address that takes one.
struct ConnectCheck {
  let finding: Finding

  private static let name = "connection"

  init(_ endpoint: ServicePlace.Endpoint, addresses: [String]) async {
    var reasons: [String] = []
    // The limit is that of all addresses together.
    let end = ContinuousClock.now + StepLimit.standard
    for address in addresses where ContinuousClock.now < end && !Task.isCancelled {
      let start = ContinuousClock.now
      let left = start.duration(to: end)
      let result = await StepLimit.value(within: left) { await Self.connect(address, endpoint.port, within: left) }
      guard let reason = result ?? "no connection came about in time" else {
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

  /// - Returns: why there is none; an inner `nil` for a connection.
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
