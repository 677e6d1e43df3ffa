import Crypto
import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// The server's own certificate, and the private authority that signed it. Both are created at each start and never
/// stored, so that there is no key to steal.
struct ServerCertificate {
  /// The authority's certificate as PEM, for clients to trust.
  let authority: String
  /// The only name in the certificate; nil for those of this machine.
  let host: String?
  let tlsConfiguration: TLSConfiguration

  /// - Parameters:
  ///   - host: the only name in the certificate; nil for `localhost`, `127.0.0.1` and `::1`.
  ///   - isExpired: whether it expired a day ago.
  init(host: String?, isExpired: Bool, now: Date = .now) throws {
    let day = 86_400.0
    let authorityKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let authorityName = try DistinguishedName { CommonName("skydeck-simulator test authority") }
    let authority = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: authorityKey.publicKey,
      notValidBefore: now.addingTimeInterval(-60 * day), notValidAfter: now.addingTimeInterval(365 * day),
      issuer: authorityName, subject: authorityName, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        SubjectKeyIdentifier(hash: authorityKey.publicKey)
      },
      issuerPrivateKey: authorityKey)

    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
      notValidBefore: now.addingTimeInterval(-30 * day),
      notValidAfter: now.addingTimeInterval((isExpired ? -1 : 90) * day),
      issuer: authorityName, subject: DistinguishedName { CommonName(host ?? "localhost") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(host.map { [.dnsName($0)] } ?? Self.loopbackNames)
        AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: authorityKey.publicKey).keyIdentifier)
      },
      issuerPrivateKey: authorityKey)

    self.host = host
    self.authority = try authority.serializeAsPEM().pemString + "\n"
    tlsConfiguration = .makeServerConfiguration(
      certificateChain: [
        .certificate(
          try NIOSSLCertificate(bytes: Array(certificate.serializeAsPEM().pemString.utf8), format: .pem))
      ],
      privateKey: .privateKey(
        try NIOSSLPrivateKey(bytes: Array(key.serializeAsPEM().pemString.utf8), format: .pem)))
  }

  private static let loopbackNames: [GeneralName] = [
    .dnsName("localhost"),
    .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
    .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
  ]
}
