import FoundationEssentials
package import NIOSSL

/// Authorities whose certificates are trusted beside the system's own: those of an installation that signs its own.
public struct CertificateAuthorities: Hashable, Sendable {
  package private(set) var certificates: [NIOSSLCertificate] = []

  /// A folder with more files is no folder of certificates.
  private static let mostFiles = 2000

  /// None.
  public init() {}

  /// Reads a file of certificates in PEM form, one or several.
  ///
  /// - Throws: `CertificateAuthoritiesError` for a file that can't be read or holds no certificate.
  public init(file path: String) throws(CertificateAuthoritiesError) {
    self.certificates = try Self.certificates(in: Self.bytes(of: path), name: path)
  }

  /// Those in a file, or in the files of a folder. What can't be read, or holds none, is passed over, as OpenSSL does
  /// with the paths of its variables.
  public init(at path: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      certificates = (try? Self(file: path).certificates) ?? []
      return
    }
    // Folders hold links to files of their own, under the hashes of names.
    let found = names.sorted().prefix(Self.mostFiles).flatMap { (try? Self(file: "\(path)/\($0)").certificates) ?? [] }
    var seen: Set<NIOSSLCertificate> = []
    certificates = found.filter { seen.insert($0).inserted }
  }

  /// The paths that OpenSSL's variables name: a file, and folders with colons between them.
  public static func paths(in environment: [String: String]) -> [(variable: String, path: String)] {
    let (file, folders) = ("SSL_CERT_FILE", "SSL_CERT_DIR")
    let files = environment[file].map { [$0] } ?? []
    return files.filter { !$0.isEmpty }.map { (file, $0) }
      + (environment[folders] ?? "").split(separator: ":").map { (folders, String($0)) }
  }

  /// These and others.
  public func adding(_ others: CertificateAuthorities) -> CertificateAuthorities {
    var all = self
    all.certificates += others.certificates
    return all
  }

  /// - Parameters:
  ///   - pem: certificates in PEM form, one or several.
  ///   - name: what an error calls them.
  public init(pem: [UInt8], name: String = "the certificates") throws(CertificateAuthoritiesError) {
    certificates = try Self.certificates(in: pem, name: name)
  }

  /// How many certificates there are.
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

  private static func bytes(of path: String) throws(CertificateAuthoritiesError) -> [UInt8] {
    do throws(RegularFile.Failure) {
      // They are no secret, and which are trusted is said by whoever named the file.
      return try RegularFile(readingAt: path, limit: 1 << 24, links: .any, isOwned: false).bytes
    } catch {
      throw .unreadable(path: path, error == .absent ? .notFound : .other(error.message))
    }
  }
}

extension TLSConfiguration {
  /// As a client speaks it: from TLS 1.2 on, since older ones protect no key.
  ///
  /// - Parameter authorities: those that are trusted beside the system's.
  package static func client(trusting authorities: CertificateAuthorities?) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorities { configuration.additionalTrustRoots = [.certificates(authorities.certificates)] }
    return configuration
  }
}

/// Why a file can't be used as certificate authorities.
public enum CertificateAuthoritiesError: Error, Hashable, Sendable {
  /// What keeps a file from being read.
  public enum Reason: Hashable, Sendable {
    case notFound
    /// The end of a sentence that begins with the file: it is a folder, for one.
    case other(String)
  }

  case unreadable(path: String, Reason)
  /// Nothing in it says that it is a certificate in PEM form.
  case noCertificate(name: String)
  /// A certificate in it is cut off or otherwise wrong.
  case damaged(name: String)
}

extension CertificateAuthoritiesError: CustomStringConvertible {
  public var description: String { message }

  /// One sentence that says what is wrong, and what to do about it.
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
