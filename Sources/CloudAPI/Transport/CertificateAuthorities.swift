import FoundationEssentials
package import NIOSSL

/// Authorities that are trusted in addition to the system's, for installations that sign their own certificates.
public struct CertificateAuthorities: Hashable, Sendable {
  package private(set) var certificates: [NIOSSLCertificate] = []

  /// A folder with more files than this isn't a folder of certificates: the rest is ignored.
  private static let mostFiles = 2000

  /// None.
  public init() {}

  /// Reads a file with one or more certificates in PEM form.
  ///
  /// - Throws: `CertificateAuthoritiesError` if the file can't be read or holds no certificate.
  public init(file path: String) throws(CertificateAuthoritiesError) {
    self.certificates = try Self.certificates(in: Self.bytes(of: path), name: path)
  }

  /// Reads a file, or the files of a folder. Files that can't be read or hold no certificate are skipped, as OpenSSL
  /// does with the paths of its variables.
  public init(at path: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      certificates = (try? Self(file: path).certificates) ?? []
      return
    }
    // Folders contain links to their own files, named by hashes.
    let found = names.sorted().prefix(Self.mostFiles).flatMap { (try? Self(file: "\(path)/\($0)").certificates) ?? [] }
    var seen: Set<NIOSSLCertificate> = []
    certificates = found.filter { seen.insert($0).inserted }
  }

  /// The paths in OpenSSL's variables: a file, and folders separated by colons.
  public static func paths(in environment: [String: String]) -> [(variable: String, path: String)] {
    let (file, folders) = ("SSL_CERT_FILE", "SSL_CERT_DIR")
    let files = environment[file].map { [$0] } ?? []
    return files.filter { !$0.isEmpty }.map { (file, $0) }
      + (environment[folders] ?? "").split(separator: ":").map { (folders, String($0)) }
  }

  /// A copy with the others added.
  public func adding(_ others: CertificateAuthorities) -> CertificateAuthorities {
    var all = self
    all.certificates += others.certificates
    return all
  }

  /// - Parameters:
  ///   - pem: one or more certificates in PEM form.
  ///   - name: the name for them in errors.
  public init(pem: [UInt8], name: String = "the certificates") throws(CertificateAuthoritiesError) {
    certificates = try Self.certificates(in: pem, name: name)
  }

  /// The number of certificates.
  public var count: Int { certificates.count }

  private static func certificates(
    in pem: [UInt8], name: String
  ) throws(CertificateAuthoritiesError) -> [NIOSSLCertificate] {
    // The header of a certificate in PEM (RFC 7468); BoringSSL also reads older names, which no file uses today.
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

  private static func bytes(of path: String) throws(CertificateAuthoritiesError) -> [UInt8] {
    do throws(RegularFile.Failure) {
      // Certificates aren't secret, and the user who named the file decides which are trusted.
      return try RegularFile(readingAt: path, limit: 1 << 24, links: .any, isOwned: false).bytes
    } catch {
      throw .unreadable(path: path, error == .absent ? .notFound : .other(error.message))
    }
  }
}

extension TLSConfiguration {
  /// TLS for clients: version 1.2 or later, because older ones don't protect a key.
  ///
  /// - Parameter authorities: those trusted in addition to the system's.
  package static func client(trusting authorities: CertificateAuthorities?) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorities { configuration.additionalTrustRoots = [.certificates(authorities.certificates)] }
    return configuration
  }
}

/// Why a file can't be used for certificate authorities.
public enum CertificateAuthoritiesError: Error, Hashable, Sendable {
  /// Why a file can't be read.
  public enum Reason: Hashable, Sendable {
    case notFound
    /// The end of a sentence that begins with the file, such as that it is a folder.
    case other(String)
  }

  case unreadable(path: String, Reason)
  /// It contains no header of a certificate in PEM form.
  case noCertificate(name: String)
  /// A certificate in it is cut off or otherwise invalid.
  case damaged(name: String)
}

extension CertificateAuthoritiesError: CustomStringConvertible {
  public var description: String { message }

  /// One sentence that says what is wrong and what to do about it.
  public var message: String {
    switch self {
    case .unreadable(let path, .notFound): "There is no file \(path); ca_file names one with certificates in PEM form."
    case .unreadable(let path, .other(let what)):
      "\(path) \(what); ca_file names a file with certificates in PEM form that you may read."
    case .noCertificate(let name):
      "There is no certificate in \(name); it needs PEM form (-----BEGIN CERTIFICATE-----), into which "
        + "openssl x509 -inform der turns a DER file."
    case .damaged(let name): "A certificate in \(name) is damaged or cut off; export it again."
    }
  }
}
