import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing

/// The simulator's HTTPS, checked by a TLS client other than the product's.
@Suite(.timeLimit(.minutes(5))) struct SimulatorTLSTests {
  /// Starts the program and requests the size of a cloud, trusting only the program's authority.
  ///
  /// - Parameter host: the name to use instead of the printed one; it must be one of this machine.
  /// - Returns: the address that the program printed, and the response.
  private func ask(
    _ arguments: [String] = [], host: String? = nil
  ) async throws -> (address: String, text: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "skydeck-ca-\(UUID().uuidString).pem").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = try await SimulatorProcess.start(["--tls", "--tls-ca-file", file] + arguments)
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let result: Result<String, any Error>
    do {
      let address = host.map { process.address.replacing("localhost", with: $0) } ?? process.address
      var request = HTTPClientRequest(url: address + "/cloud/7/size")
      request.headers.add(name: "Authorization", value: "Bearer key")
      let response = try await client.execute(request, timeout: .seconds(30))
      result = .success(String(buffer: try await response.body.collect(upTo: 1 << 20)))
    } catch {
      result = .failure(error)
    }
    try await client.shutdown()
    try await process.stop()
    return (process.address, try result.get())
  }

  @Test(arguments: ["localhost", "127.0.0.1"])
  func whoTrustsItsAuthorityReachesItByEachOfItsNames(host: String) async throws {
    let answer = try await ask(host: host)
    #expect(answer.address.hasPrefix("https://localhost:"))
    #expect(answer.text == "0")
  }

  @Test(arguments: [
    (["--tls-expired"], "CERTIFICATE_VERIFY_FAILED"), (["--tls-host", "other.example"], "failedToValidateHostname"),
  ])
  func aCertificateThatEndedOrIsForAnotherNameIsRefused(arguments: [String], reason: String) async throws {
    let error = try await #require(throws: (any Error).self) { try await ask(arguments) }
    #expect("\(error)".contains(reason), "\(error)")
  }

  @Test func aResetEndsAnEncryptedConnectionToo() async throws {
    let error = try await #require(throws: (any Error).self) { try await ask(["--fault", "reset-after"]) }
    #expect("\(error)".lowercased().contains("reset"), "\(error)")
  }
}
