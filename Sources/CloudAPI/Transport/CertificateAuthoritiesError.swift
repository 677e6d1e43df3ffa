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
