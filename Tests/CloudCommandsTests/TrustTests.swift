import CloudAPI
import FoundationEssentials
import NIOSSL
import Testing

@testable import CloudCommands

/// Tests of the doctor's findings about a service's TLS, with real handshakes.
@Suite(.timeLimit(.minutes(5))) struct TrustTests {
  private let folder = "/tmp/skydeck-trust-\(UInt64.random(in: 0 ... .max))"

  /// The findings about a server, with the file that `ca_file` names.
  private func findings(
    _ chain: [TestCertificate], trusting authorities: [TestCertificate] = [], upTo version: TLSVersion? = nil,
    environment: [String: String] = [:]
  ) async throws -> [Finding] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/ca.pem"
    try Data(authorities.map { try $0.pem }.joined().utf8).write(to: URL(filePath: path))
    return try await TLSListener.run(chain, upTo: version) { port in
      let check = AuthoritiesCheck(
        caFile: authorities.isEmpty ? nil : path, environment: environment, isSecure: true)
      let place = try ServicePlace(port: port)
      return check.findings + (await TLSCheck(place, check, limit: .seconds(120), now: Date()).findings)
    }
  }

  private func trust(_ findings: [Finding]) throws -> Finding {
    try #require(findings.first { $0.check == "trust" }, "\(findings)")
  }

  @Test func aRootThatIsNamedIsTrusted() async throws {
    let root = try TestCertificate.root()
    let leaf = try root.signing(.leaf)
    #expect(try await trust(findings([leaf], trusting: [root])).status == .ok)
    let intermediate = try root.signing(.intermediate)
    let below = try intermediate.signing(.leaf)
    #expect(try await trust(findings([below, intermediate], trusting: [root])).status == .ok)
    // An intermediate certificate that the service doesn't send may be in the file with the root.
    #expect(try await trust(findings([below], trusting: [root, intermediate])).status == .ok)
  }

  @Test func anIntermediateInTheFileIsSaidToNeedItsRoot() async throws {
    let root = try TestCertificate.root()
    let intermediate = try root.signing(.intermediate)
    let leaf = try intermediate.signing(.leaf)
    for chain in [[leaf], [leaf, intermediate], [leaf, intermediate, root]] {
      let finding = try await trust(findings(chain, trusting: [intermediate]))
      #expect(finding.status == .failure)
      #expect(
        finding.detail.contains("ca.pem holds CN=intermediate, an intermediate, and only a root"), "\(finding.detail)")
      #expect(finding.advice?.hasPrefix("Put the certificate of its root there, too: CN=root") == true)
    }
  }

  @Test func aServiceThatDoesNotSendItsIntermediateIsToSendIt() async throws {
    let root = try TestCertificate.root()
    let leaf = try root.signing(.intermediate).signing(.leaf)
    for authorities in [[], [root]] {
      let finding = try await trust(findings([leaf], trusting: authorities))
      #expect(finding.status == .failure)
      #expect(finding.detail.contains("signed it, CN=intermediate, isn't trusted here, and the service doesn't send"))
      #expect(finding.advice?.contains("ask who runs it for the whole chain") == true)
    }
  }

  @Test func aCertificateThatIsNotForServersIsSaidNotToBe() async throws {
    let root = try TestCertificate.root()
    let finding = try await trust(findings([root.signing(.clientLeaf)], trusting: [root]))
    #expect(finding.status == .failure)
    #expect(finding.detail == "The certificate isn't for servers: its extended key usage lacks serverAuth.")
    #expect(finding.advice?.contains("ca_file") == false)
  }

  @Test func anUnknownRootIsNamed() async throws {
    let (root, other) = (try TestCertificate.root(), try TestCertificate.root("other"))
    let sent = try await trust(findings([root.signing(.leaf), root]))
    #expect(sent.detail == "The authority that signed it, CN=root, isn't trusted here.")
    #expect(sent.advice?.contains("set ca_file") == true)
    let wrong = try await trust(findings([root.signing(.leaf), root], trusting: [other]))
    #expect(wrong.advice?.contains("ca.pem holds other authorities") == true)
    let own = try await trust(findings([root]))
    #expect(own.detail == "The certificate is signed by itself, and not trusted here.")
  }

  @Test func anAuthorityThatHasEndedIsNamed() async throws {
    let root = try TestCertificate.root()
    let old = try root.signing(.intermediate, until: Date().addingTimeInterval(-86_400))
    let finding = try await trust(findings([old.signing(.leaf), old], trusting: [root]))
    #expect(finding.detail.hasPrefix("The certificate of the authority CN=intermediate ended on "))
  }

  @Test func aRootOfTheSameNameAndAnotherKeyIsNotItsOwn() async throws {
    let (root, other) = (try TestCertificate.root(), try TestCertificate.root())
    let finding = try await trust(findings([root.signing(.leaf)], trusting: [other]))
    #expect(finding.status == .failure)
    #expect(finding.detail.contains("a signature or a constraint doesn't hold"))
  }

  @Test func theNamesOfACertificateIncludeItsAddresses() async throws {
    let root = try TestCertificate.root()
    let finding = try await trust(findings([root.signing(.elsewhere)], trusting: [root]))
    #expect(
      finding.detail
        == "The certificate isn't for localhost: it is for other.example, 192.0.2.7, 2001:db8::7.")
  }

  @Test(arguments: [(TLSVersion.tlsv1, "TLS 1.0"), (.tlsv11, "TLS 1.1")])
  func anOldVersionOfTLSIsAFailure(version: TLSVersion, name: String) async throws {
    let root = try TestCertificate.root()
    let findings = try await findings([root.signing(.leaf)], trusting: [root], upTo: version)
    let finding = try #require(findings.first { $0.check == "TLS" })
    #expect(finding.status == .failure)
    #expect(finding.detail == "The service speaks \(name) at most, which doesn't protect a key.")
    #expect(finding.exitStatus == .unavailable)
    #expect(!findings.contains { $0.check == "trust" })
  }

  @Test func whatTheVariablesOfOpenSSLNameIsTrustedOrWarnedOf() async throws {
    let root = try TestCertificate.root()
    let path = "/tmp/skydeck-authority-\(UInt64.random(in: 0 ... .max)).pem"
    try Data(root.pem.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let good = try await findings([root.signing(.leaf)], environment: ["SSL_CERT_FILE": path])
    #expect(good.first?.detail == "1 of \(path) (SSL_CERT_FILE) is trusted beside the system's.")
    #expect(try trust(good).status == .ok)
    let bad = try await findings([root.signing(.leaf)], environment: ["SSL_CERT_DIR": "/nowhere"])
    #expect(bad.first?.status == .warning)
    #expect(bad.first?.detail.contains("SSL_CERT_DIR") == true)
  }
}
