import FoundationEssentials
import NIOSSL

/// Authorities whose certificates are trusted beside the system's own: those of an installation that signs its own.
public struct CertificateAuthorities: Hashable, Sendable {
  let certificates: [NIOSSLCertificate]

  /// Reads a file of certificates in PEM form, one or several.
  ///
  /// - Throws: `CertificateAuthoritiesError` for a file that can't be read or holds no certificate.
  public init(file path: String) throws(CertificateAuthoritiesError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .unreadable(path: path, Self.reason(of: error))
    }
    self.certificates = try Self.certificates(in: Array(data), name: path)
  }

  /// - Parameters:
  ///   - pem: certificates in PEM form, one or several.
  ///   - name: what an error calls them.
  public init(pem: [UInt8], name: String = "the certificates") throws(CertificateAuthoritiesError) {
    certificates = try Self.certificates(in: pem, name: name)
  }

  /// How many certificates there are, at least one.
  public var count: Int { certificates.count }

  private static func certificates(
    in pem: [UInt8], name: String
  ) throws(CertificateAuthoritiesError) -> [NIOSSLCertificate] {
    // What introduces a certificate in PEM (RFC 7468); BoringSSL's older names for it are in no file of today.
    guard String(decoding: pem, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") else {
      throw .noCertificate(name: name)
    }
    let certificates: [NIOSSLCertificate]
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(pem)
    } catch {
      throw .damaged(name: name)
    }
    guard !certificates.isEmpty else { throw .damaged(name: name) }
    return certificates
  }

  private static func reason(of error: any Error) -> CertificateAuthoritiesError.Reason {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: .notFound
    case .fileReadNoPermission: .notAllowed
    default: .other
    }
  }
}
