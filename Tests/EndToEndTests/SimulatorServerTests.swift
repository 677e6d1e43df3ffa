import TerminalTestSupport
import Testing

/// The simulator's own program at the limits of what clients may do.
@Suite(.story) struct SimulatorServerTests {
  /// The status line and the body of the simulator's response.
  private func answer(_ simulator: SimulatorProcess, _ start: String, host: [String], body: String = "") throws
    -> String
  {
    let connection = try LoopbackConnection(port: simulator.port)
    var head = [start] + host.map { "Host: \($0)" } + ["Authorization: Bearer \(SimulatorProcess.key)"]
    head += body.isEmpty ? [] : ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
    try connection.send(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
    return String(decoding: try connection.readToEnd(), as: UTF8.self)
  }

  @Test(arguments: [[], ["127.0.0.1", "127.0.0.1"], ["127.0.0.1", "other.example"]])
  func aRequestHasOneHost(hosts: [String]) throws {
    let simulator = try SimulatorProcess()
    for (start, body) in [("GET /cloud HTTP/1.1", ""), ("POST /cloud HTTP/1.1", #"{"name":"Mine"}"#)] {
      #expect(try answer(simulator, start, host: hosts, body: body).hasPrefix("HTTP/1.1 400 "))
    }
    #expect(try simulator.service.requests().isEmpty)
  }

  @Test func questionsAboutItselfAreAnsweredUnderItsOwnNameAlone() throws {
    let simulator = try SimulatorProcess()
    func status(_ host: String) throws -> String {
      let start = "GET /_simulator/tokens HTTP/1.1\r\nConnection: close"
      return String(try answer(simulator, start, host: [host]).dropFirst("HTTP/1.1 ".count).prefix(3))
    }
    let port = simulator.port
    for host in ["127.0.0.1:\(port)", "localhost:\(port)", "LocalHost:\(port)", "[::1]:\(port)"] {
      #expect(try status(host) == "200", "\(host)")
    }
    for host in [
      "rebound.example:\(port)", "127.0.0.1.rebound.example:\(port)", "localhost.rebound.example:\(port)",
      "rebound.example", "127.0.0.1", "localhost:80", "127.0.0.1:\(port)0", "[::1", "",
    ] {
      #expect(try status(host) == "421", "\(host)")
    }
    // Requests with a key are served under any host name, because proxies and tunnels use their own.
    let clouds = try answer(simulator, "GET /cloud HTTP/1.1\r\nConnection: close", host: ["tunnel.example"])
    #expect(clouds.hasPrefix("HTTP/1.1 200 "))
  }

  @Test func whereDescriptorsRunOutConnectionsWaitAndNothingSpins() throws {
    let simulator = try SimulatorProcess(descriptors: 64)
    var others = try (0..<100).map { _ in try LoopbackConnection(port: simulator.port) }
    let last = try LoopbackConnection(port: simulator.port)
    let request = "GET /cloud/7/size HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(SimulatorProcess.key)\r\n"
    try last.send(Array((request + "Connection: close\r\n\r\n").utf8))
    #expect(last.isSilent(for: .milliseconds(200)))
    let before = try simulator.usage()
    #expect(last.isSilent(for: .seconds(1)))
    let after = try simulator.usage()
    #expect(after.processorTime - before.processorTime < .milliseconds(100))
    #expect(after.descriptorCount < 64)
    others = []
    #expect(String(decoding: try last.readToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
    #expect(others.isEmpty)
  }
}
