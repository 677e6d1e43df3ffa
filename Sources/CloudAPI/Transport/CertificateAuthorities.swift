import NIOSSL

/// Authorities whose certificates are trusted beside the system's own: those of an installation that signs its own.
public struct CertificateAuthorities: Hashable, Sendable {
  let certificates: [NIOSSLCertificate]

  /// Reads a file of certificates in PEM form, one or several.
  ///
  /// - Throws: `CertificateAuthoritiesError` for a file that can't be read or holds no certificate.
  public init(file path: String) throws(CertificateAuthoritiesError) {
    let bytes: [UInt8]
    do throws(RegularFile.Failure) {
      // They are no secret, and which are trusted is said by whoever named the file.
      bytes = try RegularFile(readingAt: path, limit: 1 << 24, links: .any, isOwned: false).bytes
    } catch {
      throw .unreadable(path: path, error == .absent ? .notFound : .other(error.message))
    }
    self.certificates = try Self.certificates(in: bytes, name: path)
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
}
