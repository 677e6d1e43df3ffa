import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The options about HTTPS.
struct TLSOptions: ParsableArguments {
  @Flag(help: "Serve HTTPS, with a certificate for localhost from a private authority, both made at the start.")
  var tls = false

  @Option(
    help: ArgumentHelp("Write the authority's certificate there as PEM, for clients to trust.", valueName: "path"))
  var tlsCaFile: String?

  @Option(help: ArgumentHelp("Make the certificate for this name instead.", valueName: "name"))
  var tlsHost: String?

  @Flag(help: "Make a certificate that ended yesterday.")
  var tlsExpired = false

  func validate() throws {
    if !tls, tlsCaFile != nil || tlsHost != nil || tlsExpired {
      throw ValidationError("'--tls-ca-file', '--tls-host' and '--tls-expired' need '--tls'.")
    }
    if tlsHost?.isEmpty == true { throw ValidationError("'--tls-host' must not be empty.") }
  }

  /// The server's certificate, whose authority is written to its file by then; nil for plain HTTP.
  func certificate() throws -> ServerCertificate? {
    guard tls else { return nil }
    let certificate = try ServerCertificate(host: tlsHost, isExpired: tlsExpired)
    if let tlsCaFile { try write(certificate.authority, to: tlsCaFile) }
    return certificate
  }

  private func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w"), fputs(text, file) >= 0, fclose(file) == 0 else {
      throw ValidationError("'--tls-ca-file': can't write \(path): \(String(cString: strerror(errno))).")
    }
  }
}
