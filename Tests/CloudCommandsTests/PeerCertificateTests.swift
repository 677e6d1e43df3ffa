import Crypto
import FoundationEssentials
import NIOSSL
import SwiftASN1
import Testing
import X509

@testable import CloudCommands

/// Compares the fields read from a certificate with those that swift-certificates reads.
@Suite struct PeerCertificateTests {
  private func certificate(
    version: Certificate.Version = .v3, subject: DistinguishedName, issuer: DistinguishedName,
    extensions: Certificate.Extensions = Certificate.Extensions()
  ) throws -> (Certificate, PeerCertificate) {
    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let certificate = try Certificate(
      version: version, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
      notValidBefore: Date(timeIntervalSince1970: 1_700_000_000),
      notValidAfter: Date(timeIntervalSince1970: 4_000_000_000), issuer: issuer, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: key)
    let bytes = Array(try certificate.serializeAsPEM().pemString.utf8)
    return (certificate, try PeerCertificate(NIOSSLCertificate(bytes: bytes, format: .pem)))
  }

  @Test func namesAndTimesAreReadAsSwiftCertificatesReadsThem() throws {
    let odd = try DistinguishedName([
      RelativeDistinguishedName([
        .init(type: [2, 5, 4, 6], printableString: "FR"), .init(type: [2, 5, 4, 8], utf8String: "Île-de-France"),
      ]),
      RelativeDistinguishedName(.init(type: [2, 5, 4, 7], utf8String: "  #a, b+c \"d\" \\ <e>;  ")),
      RelativeDistinguishedName(.init(type: [2, 5, 4, 10], utf8String: "   ")),
      RelativeDistinguishedName(.init(type: [2, 5, 4, 11], utf8String: "")),
      RelativeDistinguishedName(.init(type: [2, 5, 4, 9], utf8String: "5 = five")),
      RelativeDistinguishedName(.init(type: [0, 9, 2342, 19_200_300, 100, 1, 25], ia5String: "example")),
      RelativeDistinguishedName(.init(type: [1, 2, 840, 113549, 1, 9, 1], ia5String: "a@b.example")),
      RelativeDistinguishedName(.init(type: [2, 5, 4, 5], utf8String: "1234")),
      RelativeDistinguishedName(.init(type: [2, 5, 4, 3], value: ASN1Any(erasing: ASN1TeletexString("old")))),
    ])
    for (subject, issuer) in [(odd, try DistinguishedName { CommonName("root") }), (DistinguishedName(), odd)] {
      let (theirs, ours) = try certificate(subject: subject, issuer: issuer)
      #expect(ours.subject == theirs.subject.description)
      #expect(ours.issuer == theirs.issuer.description)
      #expect(ours.notBefore == theirs.notValidBefore)
      #expect(ours.notAfter == theirs.notValidAfter)
      #expect(ours.names.isEmpty)
      #expect(ours.isForServers)
      #expect(!ours.isRoot)
    }
  }

  @Test func theFirstVersionHasNoExtensions() throws {
    let name = try DistinguishedName { CommonName("old") }
    let (_, ours) = try certificate(version: .v1, subject: name, issuer: name)
    #expect(ours.subject == "CN=old")
    #expect(ours.isRoot)
  }

  @Test(arguments: [([ExtendedKeyUsage.Usage.any], true), ([.clientAuth, .serverAuth], true), ([.ocspSigning], false)])
  func usesAndHostsAreReadAmongOtherExtensions(uses: [ExtendedKeyUsage.Usage], isForServers: Bool) throws {
    let name = try DistinguishedName { CommonName("service") }
    let (_, ours) = try certificate(
      subject: name, issuer: name,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        SubjectAlternativeNames([
          .rfc822Name("a@b.example"), .dnsName("*.example"), .directoryName(name),
          .ipAddress(ASN1OctetString(contentBytes: [192, 0, 2, 7])),
        ])
        Critical(try ExtendedKeyUsage(uses))
      })
    #expect(ours.names == ["*.example", "192.0.2.7"])
    #expect(ours.isForServers == isForServers)
  }
}
