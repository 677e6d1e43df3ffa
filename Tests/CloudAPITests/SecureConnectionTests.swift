import CloudAPI
import FoundationEssentials
import HTTPTypes
import NIOSSL
import Testing

/// Certificates and proxies, over real sockets and real TLS.
@Suite(.timeLimit(.minutes(5))) struct SecureConnectionTests {
  private func authorities() throws -> CertificateAuthorities {
    try CertificateAuthorities(pem: Array(TestCertificate.authority.utf8))
  }

  /// The error of reading the clouds at `address`; `nil` if it succeeds.
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

  @Test(arguments: [TLSVersion.tlsv1, .tlsv11]) func nothingIsSentOverAnOldVersionOfTLS(version: TLSVersion)
    async throws
  {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.localhost, upTo: version) { server in
      let reason = try await failure(of: "https://localhost:\(server.port)", connections)
      #expect(reason?.contains("only versions of TLS that are too old") == true, "\(reason ?? "")")
      #expect(server.heads.isEmpty)
    }
  }

  @Test func noTokenIsAskedForOverAnOldVersionOfTLS() async throws {
    var connections = HTTPTransport.Configuration()
    connections.authorities = try authorities()
    try await TLSServer.run(.localhost, upTo: .tlsv11) { server in
      let transport = HTTPTransport(configuration: connections)
      let credentials = ClientCredentials(
        id: "me", secret: Secret("x"), tokenURL: try TokenURL("https://localhost:\(server.port)/token"))
      let client = CloudAPIClient(
        configuration: CloudAPIClient.Configuration(
          baseURL: try BaseURL("https://localhost:1"), credential: .clientCredentials(credentials)),
        transport: transport)
      let error = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
      #expect(error.isSigningIn)
      #expect(error.message.contains("only versions of TLS that are too old"), "\(error)")
      #expect(server.heads.isEmpty)
      await transport.shutdown()
    }
  }

  /// Every TLS error is translated: the original text contains types and paths of the build machine.
  @Test(arguments: [
    "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{50}", "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{46}", "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{28}",
    "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{70}", "\u{16}\u{3}\u{3}\0\u{4}\0\0\0\0", "\u{16}\u{3}\u{1}", "",
    "garbage that is no TLS\r\n",
  ])
  func whatGoesWrongWithTLSIsSaidInWords(answer: String) async throws {
    try await ScriptedServer.run { connection in
      try connection.write(answer)
      if !answer.isEmpty { connection.closing() }
    } _: { server in
      let reason = try await failure(of: "https" + server.address.dropFirst("http".count))
      let said = try #require(reason)
      #expect(!said.contains("Error") && !said.contains("/") && !said.contains("NIO") && !said.contains("_"), "\(said)")
    }
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
