import CloudAPI
import Testing

/// Which services are reached through a proxy.
@Suite(.timeLimit(.minutes(5))) struct ProxyTests {
  private func authorities() throws -> CertificateAuthorities {
    try CertificateAuthorities(pem: Array(TestCertificate.authority.utf8))
  }

  /// The error of reading the clouds at `address`; `nil` if it succeeds.
  private func failure(of address: String, _ connections: HTTPTransport.Configuration) async throws -> String? {
    let transport = HTTPTransport(configuration: connections)
    let client = CloudAPIClient(configuration: try .fixture(address), transport: transport)
    var reason: String?
    do {
      _ = try await client.getClouds()
    } catch {
      reason = error.message
      if case .unreachable = error.code {} else { Issue.record("\(error)") }
    }
    await transport.shutdown()
    return reason
  }

  @Test func aProxyTunnelsWhatItCannotRead() async throws {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.elsewhere, isProxy: true) { proxy in
      connections.proxy = try HTTPProxy("http://me:p%40ss@127.0.0.1:\(proxy.port)")
      let reason = try await failure(of: "https://elsewhere.example:9443", connections)
      #expect(reason == nil)
      #expect(proxy.heads.count == 2)
      let tunnel = proxy.heads.first ?? ""
      #expect(tunnel.hasPrefix("CONNECT elsewhere.example:9443 HTTP/1.1\r\n"))
      #expect(tunnel.lowercased().contains("proxy-authorization: basic bwu6cebzcw=="))
      #expect(!tunnel.contains(fixtureKey))
    }
  }

  @Test func plainHTTPOnThisMachineGoesWithoutTheProxy() async throws {
    var connections = HTTPTransport.Configuration()
    connections.proxy = try HTTPProxy("127.0.0.1:1")
    try await ScriptedServer.run { connection in
      while try connection.request() != nil { try connection.answer("[]") }
    } _: { server in
      let reason = try await failure(of: server.address, connections)
      #expect(reason == nil)
    }
  }

  @Test(arguments: [
    (
      "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
      "rejected the user name and password (407)"
    ),
    ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "answered 403 (Forbidden) instead of connecting"),
    (
      "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 47\r\n\r\n"
        + "<html><title>Blocked by policy</title>…</html>\n", "answered 403 (Blocked by policy) instead of connecting"
    ),
    (
      "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 22\r\n\r\nno route to \u{1B}[31mhost\n",
      "answered 502 (no route to \u{FFFD}[31mhost) instead of connecting"
    ),
    ("HTTP/1.0 503 \r\n\r\n", "answered 503 instead of connecting"),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 35\r\n\r\n<html><title>Please sign in</title>",
      "answered 200 (Please sign in) instead of connecting"
    ), ("<html><title>Please sign in</title>\r\n\r\n", "gave a response that isn't HTTP"),
    ("HTTP/1.1 000 X\r\n\r\n", "gave a response that isn't HTTP"),
  ])
  func whatAProxyAnswersInsteadOfConnectingIsSaid(answer: String, text: String) async throws {
    try await ScriptedServer.run { connection in
      guard try connection.request() != nil else { return }
      try connection.write(answer)
      if answer.contains("Content-Length") { connection.closing() }
    } _: { server in
      var connections = HTTPTransport.Configuration()
      let place = server.address.dropFirst("http://".count)
      connections.proxy = try HTTPProxy("http://me:k3y-that@\(place)")
      let said = try await failure(of: "https://elsewhere.example", connections)
      #expect(said == "The service can't be reached: the proxy \(place) \(text).", "\(said ?? "")")
    }
  }

  @Test func aProxyThatAsksForCredentialsIsToldFromOneThatRefusesThem() async throws {
    try await ScriptedServer.run { connection in
      guard try connection.request() != nil else { return }
      try connection.write("HTTP/1.1 407 Who?\r\n\r\n")
    } _: { server in
      var connections = HTTPTransport.Configuration()
      connections.proxy = try HTTPProxy(server.address)
      let said = try await failure(of: "https://elsewhere.example", connections)
      #expect(said?.contains("requires a user name and password (407)") == true, "\(said ?? "")")
    }
  }

  @Test func aProxyThatSpeaksNoHTTPIsSaidNotTo() async throws {
    try await ScriptedServer.run { connection in
      try connection.write("SSH-2.0-OpenSSH_9.2\r\n")
      connection.closing()
    } _: { server in
      var connections = HTTPTransport.Configuration()
      connections.connectTimeLimit = .milliseconds(200)
      connections.proxy = try HTTPProxy(server.address)
      let said = try await failure(of: "https://elsewhere.example", connections)
      #expect(said?.contains("gave a response that isn't HTTP") == true, "\(said ?? "")")
    }
  }

  @Test(arguments: ["https://localhost:1", "https://127.0.0.1:1", "https://127.9.9.9:1", "https://[::1]:1"])
  func thisMachineIsNeverReachedByWayOfAProxy(address: String) async throws {
    var connections = HTTPTransport.Configuration()
    connections.connectTimeLimit = .seconds(2)
    connections.proxy = try HTTPProxy("127.0.0.1:2")
    let said = try await failure(of: address, connections)
    #expect(said?.contains("proxy") == false, "\(said ?? "")")
  }

  @Test(arguments: [
    ("example.com", "example.com", true), ("example.com", "api.example.com", true),
    (".example.com", "example.com", true),
    (".example.com", "api.example.com", true), ("*.example.com", "api.example.com", true),
    ("example.com", "badexample.com", false), ("example.com", "example.com.evil", false),
    ("Example.COM.", "example.com", true),
    ("a.b, example.com", "example.com", true), ("a.b example.com", "example.com", true), ("*", "example.com", true),
    ("example.com:443", "example.com", true), ("example.com:8443", "example.com", false), ("", "example.com", false),
    (",, ,", "example.com", false), ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false),
    ("10.0.0.0/33", "10.0.0.0", false), ("192.168.1.7", "192.168.1.7", true), ("192.168.1.7", "192.168.1.70", false),
    ("192.168.1.0/25", "192.168.1.127", true), ("192.168.1.0/25", "192.168.1.128", false),
    ("0.0.0.0/0", "1.2.3.4", true),
    ("fd00::/8", "[fd12::1]", true), ("[fd12::1]", "[fd12:0:0::1]", true), ("fd12::1", "[fd12::2]", false),
    ("[fd12::1]:8443", "[fd12::1]", false),
  ])
  func theExceptionsAreThoseThatTheListNames(list: String, host: String, isExcepted: Bool) throws {
    let url = try BaseURL("https://\(host)")
    #expect(HTTPTransport.isProxied(url, except: ProxyExceptions(list)) == !isExcepted)
  }

  @Test func aProxyThatIsNotThereIsNamed() async throws {
    var connections = HTTPTransport.Configuration()
    connections.proxy = try HTTPProxy("127.0.0.1:1")
    let said = try await failure(of: "https://elsewhere.example", connections)
    #expect(said?.contains("the connection was refused, via the proxy 127.0.0.1:1") == true)
  }

  @Test(arguments: [
    ("proxy.example:3128", "proxy.example:3128", nil), ("http://[::1]:8080/", "[::1]:8080", nil),
    ("HTTP://me@Proxy.Example:1", "proxy.example:1", "me"),
    ("http://a%20b:c@d@proxy.example:1", "proxy.example:1", "a b"),
    ("http://me:p/?#@proxy.example:1/", "proxy.example:1", "me"),
  ])
  func aProxyIsReadFromItsAddress(text: String, place: String, user: String?) throws {
    let proxy = try HTTPProxy(text)
    #expect(proxy.description == place)
    #expect(proxy.user == user)
  }

  @Test(arguments: [
    ("", HTTPProxyError.empty), ("https://proxy.example:3128", .notHTTP), ("socks5://proxy.example:1", .notHTTP),
    ("proxy.example", .noPort), ("proxy.example:0", .noPort), ("[::1]", .noPort),
    ("http://p.example:80/x", .notAnAddress),
    ("http://:x@p.example:80", .notAnAddress), ("http://u:%zz@p.example:80", .notAnAddress), ("a b:80", .notAnAddress),
  ])
  func whatIsNoProxyIsRefused(text: String, error: HTTPProxyError) {
    #expect(throws: error) { try HTTPProxy(text) }
  }

  @Test func aProxyPrintsWithoutItsPassword() throws {
    var connections = HTTPTransport.Configuration()
    connections.proxy = try HTTPProxy("http://me:k3y-that-must-stay-hidden@proxy.example:1")
    var dumped = "\(connections) \(String(reflecting: connections))"
    dump(connections, to: &dumped)
    dumped += connections.proxy?.shown ?? ""
    #expect(!dumped.contains(fixtureKey))
    #expect(connections.proxy?.shown == "http://me:•••@proxy.example:1")
    #expect(connections.proxy?.revealedAddress == "http://me:\(fixtureKey)@proxy.example:1")
  }
}
