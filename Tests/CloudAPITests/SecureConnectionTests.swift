import CloudAPI
import FoundationEssentials
import HTTPTypes
import Testing

/// Certificates and proxies, over real sockets and real TLS.
@Suite(.timeLimit(.minutes(5))) struct SecureConnectionTests {
  private func authorities() throws -> CertificateAuthorities {
    try CertificateAuthorities(pem: Array(TestCertificate.authority.utf8))
  }

  /// What reading the clouds at `address` fails with; `nil` where it succeeds.
  private func failure(
    of address: String, _ connections: HTTPTransport.Configuration = HTTPTransport.Configuration()
  ) async throws -> String? {
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

  @Test func anAuthorityOfOnesOwnIsTrusted() async throws {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.localhost) { server in
      let byName = try await failure(of: "https://localhost:\(server.port)", connections)
      #expect(byName == nil)
      let byAddress = try await failure(of: "https://127.0.0.1:\(server.port)", connections)
      #expect(byAddress == nil)
    }
  }

  @Test func anUnknownAuthorityIsRefusedWithWhatToDo() async throws {
    try await TLSServer.run(.localhost) { server in
      let reason = try await failure(of: "https://localhost:\(server.port)")
      #expect(reason?.contains("isn't signed by an authority that is trusted here (set ca_file)") == true)
      #expect(server.heads.isEmpty)
    }
  }

  @Test func anExpiredCertificateIsRefused() async throws {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.expired) { server in
      let reason = try await failure(of: "https://localhost:\(server.port)", connections)
      #expect(reason?.contains("has expired") == true)
    }
  }

  @Test func aCertificateOfAnotherHostIsRefused() async throws {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.elsewhere) { server in
      let reason = try await failure(of: "https://localhost:\(server.port)", connections)
      #expect(reason?.contains("the service's certificate is for another host name") == true)
    }
  }

  @Test func aServiceWithoutTLSIsNamedAsSuch() async throws {
    try await ScriptedServer.run { connection in
      try connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.closing()
    } _: { server in
      let reason = try await failure(of: "https" + server.address.dropFirst("http".count))
      #expect(reason?.contains("the service doesn't speak TLS there") == true)
    }
  }

  @Test func aProxyTunnelsWhatItCannotRead() async throws {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.localhost, isProxy: true) { proxy in
      connections.proxy = try HTTPProxy("http://me:p%40ss@127.0.0.1:\(proxy.port)")
      let reason = try await failure(of: "https://localhost:9443", connections)
      #expect(reason == nil)
      #expect(proxy.heads.count == 2)
      let tunnel = proxy.heads.first ?? ""
      #expect(tunnel.hasPrefix("CONNECT localhost:9443 HTTP/1.1\r\n"))
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
    ("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "the proxy asks for a user name and a password"),
    ("HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy refuses to connect"),
  ])
  func aProxyThatRefusesIsNamed(answer: String, reason: String) async throws {
    try await ScriptedServer.run { connection in
      while try connection.request() != nil { try connection.write(answer) }
    } _: { server in
      var connections = HTTPTransport.Configuration()
      let place = server.address.dropFirst("http://".count)
      connections.proxy = try HTTPProxy("http://me:k3y-that@\(place)")
      let said = try await failure(of: "https://localhost:9443", connections)
      #expect(said?.contains("\(reason), by way of the proxy \(place)") == true, "\(said ?? "")")
    }
  }

  @Test func aProxyThatIsNotThereIsNamed() async throws {
    var connections = HTTPTransport.Configuration()
    connections.proxy = try HTTPProxy("127.0.0.1:1")
    let said = try await failure(of: "https://localhost:9443", connections)
    #expect(said?.contains("the connection was refused, by way of the proxy 127.0.0.1:1") == true)
  }

  @Test(arguments: [
    ("proxy.example:3128", "proxy.example:3128", nil), ("http://[::1]:8080/", "[::1]:8080", nil),
    ("HTTP://me@Proxy.Example:1", "proxy.example:1", "me"),
    ("http://a%20b:c@d@proxy.example:1", "proxy.example:1", "a b"),
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
    #expect(!dumped.contains(fixtureKey))
  }

  @Test func aFileOfAuthoritiesIsRead() throws {
    let path = "/tmp/skydeck-authorities-\(UInt64.random(in: 0 ... .max)).pem"
    let two = "What it is for:\n" + TestCertificate.authority + "\n" + TestCertificate.localhost.certificate + "\n"
    try Data(two.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try CertificateAuthorities(file: path).count == 2)
  }

  @Test func aFileThatIsMissingOrADirectoryIsSaidWithItsName() {
    #expect(throws: CertificateAuthoritiesError.unreadable(path: "/nowhere/ca.pem", .notFound)) {
      try CertificateAuthorities(file: "/nowhere/ca.pem")
    }
    for (path, kind) in [("/", "a folder"), ("/dev/zero", "a device")] {
      let reason = CertificateAuthoritiesError.Reason.other("is not a regular file but \(kind)")
      #expect(throws: CertificateAuthoritiesError.unreadable(path: path, reason)) {
        try CertificateAuthorities(file: path)
      }
    }
  }

  @Test func aFileWithoutAWholeCertificateIsRefused() {
    let key = TestCertificate.localhost.key
    #expect(throws: CertificateAuthoritiesError.noCertificate(name: "ca.pem")) {
      try CertificateAuthorities(pem: Array(key.utf8), name: "ca.pem")
    }
    let cut = TestCertificate.authority.prefix(200)
    #expect(throws: CertificateAuthoritiesError.damaged(name: "ca.pem")) {
      try CertificateAuthorities(pem: Array(cut.utf8), name: "ca.pem")
    }
  }
}
