import Crypto
import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// A certificate with its key, created for a test.
struct TestCertificate {
  enum Kind {
    case intermediate
    /// For servers at localhost and 127.0.0.1.
    case leaf
    /// For the same names, but only for clients.
    case clientLeaf
    /// For another host and its addresses.
    case elsewhere
  }

  let certificate: Certificate
  private let key: Certificate.PrivateKey

  /// A self-signed certificate.
  static func root(_ name: String = "root") throws -> TestCertificate {
    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    return try TestCertificate(name, key, signedBy: (name, key), until: distant, try authority)
  }

  /// A certificate signed by this one.
  func signing(_ kind: Kind, until end: Date = TestCertificate.distant) throws -> TestCertificate {
    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let names: [GeneralName] = [.dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))]
    let (name, extensions): (String, Certificate.Extensions) =
      switch kind {
      case .intermediate: ("intermediate", try Self.authority)
      case .leaf: ("leaf", try Self.extensions(names, [.serverAuth]))
      case .clientLeaf: ("leaf", try Self.extensions(names, [.clientAuth]))
      case .elsewhere:
        (
          "leaf",
          try Self.extensions(
            [
              .dnsName("other.example"), .ipAddress(ASN1OctetString(contentBytes: [192, 0, 2, 7])),
              .ipAddress(
                ASN1OctetString(contentBytes: [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7])),
            ], [.serverAuth])
        )
      }
    let issuer = certificate.subject.description.dropFirst("CN=".count)
    return try TestCertificate(name, key, signedBy: (String(issuer), self.key), until: end, extensions)
  }

  private init(
    _ name: String, _ key: Certificate.PrivateKey, signedBy issuer: (name: String, key: Certificate.PrivateKey),
    until end: Date, _ extensions: Certificate.Extensions
  ) throws {
    self.key = key
    certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
      notValidBefore: Date().addingTimeInterval(-10 * 86_400), notValidAfter: end,
      issuer: DistinguishedName { CommonName(issuer.name) }, subject: DistinguishedName { CommonName(name) },
      signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: issuer.key)
  }

  var pem: String {
    get throws { try certificate.serializeAsPEM().pemString + "\n" }
  }

  var forServer: NIOSSLCertificate {
    get throws { try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem) }
  }

  var keyForServer: NIOSSLPrivateKey {
    get throws { try NIOSSLPrivateKey(bytes: Array(key.serializeAsPEM().pemString.utf8), format: .pem) }
  }

  private static var distant: Date { Date().addingTimeInterval(100 * 86_400) }

  private static var authority: Certificate.Extensions {
    get throws {
      try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
      }
    }
  }

  private static func extensions(
    _ names: [GeneralName], _ uses: [ExtendedKeyUsage.Usage]
  ) throws -> Certificate.Extensions {
    try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      try ExtendedKeyUsage(uses)
      SubjectAlternativeNames(names)
    }
  }
}
