import CloudAPI

/// Which authorities are trusted beside the system's.
struct AuthoritiesCheck {
  let findings: [Finding]
  let caFile: String?
  /// `nil` where there are no others.
  let authorities: CertificateAuthorities?

  private static let name = "authorities"

  init(caFile: String?, environment: [String: String], isSecure: Bool) {
    self.caFile = caFile
    guard isSecure else {
      (findings, authorities) = ([], nil)
      return
    }
    var findings: [Finding] = []
    var authorities = CertificateAuthorities()
    if let caFile {
      do throws(CertificateAuthoritiesError) {
        let new = try CertificateAuthorities(file: caFile)
        authorities = authorities.adding(new)
        findings.append(Self.trusted(new, of: caFile))
      } catch {
        findings.append(.failure(Self.name, error.message, advice: nil, .configuration))
      }
    }
    for (variable, path) in CertificateAuthorities.paths(in: environment) {
      let new = CertificateAuthorities(at: path)
      authorities = authorities.adding(new)
      findings.append(
        new.count > 0
          ? Self.trusted(new, of: "\(path) (\(variable))")
          : .warning(
            Self.name, "There is no certificate in \(path), which \(variable) names.",
            advice: "Correct the variable, or unset it."))
    }
    self.findings = findings
    self.authorities = authorities.count > 0 ? authorities : nil
  }

  private static func trusted(_ authorities: CertificateAuthorities, of place: String) -> Finding {
    let count = authorities.count
    return .ok(name, "\(count) of \(place) \(count == 1 ? "is" : "are") trusted beside the system's.")
  }
}
