import CloudAPI
import FoundationEssentials
import NIOCore
import NIOSSL

/// Whether the service's TLS can be trusted, and for how long.
struct TLSCheck {
  let findings: [Finding]

  /// Below so many days a certificate is said to end soon.
  private static let soon = 30

  /// - Parameter authorities: the file of those that are trusted beside the system's.
  init(_ place: ServicePlace, authorities: String?, now: Date = Date()) async {
    guard place.isSecure else {
      findings = [.ok("TLS", "None: plain http to this machine.")]
      return
    }
    var findings: [Finding] = []
    if let authorities {
      let file = Self.authorities(authorities)
      findings.append(file)
      guard file.status == .ok else {
        self.findings = findings
        return
      }
    }
    if place.proxy == nil {
      findings += await Self.findings(TLSInspection(endpoint: place.endpoint), authorities: authorities, now: now)
    } else {
      findings.append(.skipped("TLS", "By way of a proxy it isn't looked at: the sign-in tells whether it holds."))
    }
    self.findings = findings
  }

  private static func authorities(_ path: String) -> Finding {
    do throws(CertificateAuthoritiesError) {
      let count = try CertificateAuthorities(file: path).count
      return .ok("authorities", "\(count) of \(path) \(count == 1 ? "is" : "are") trusted beside the system's.")
    } catch {
      return .failure("authorities", error.message, advice: nil, .configuration)
    }
  }

  private static func findings(_ inspection: TLSInspection, authorities: String?, now: Date) async -> [Finding] {
    let start = ContinuousClock.now
    let presented = await StepLimit.value { await Result.catching { try await inspection.presented() } }
    let time = DoctorText.milliseconds(start.duration(to: .now) / .microseconds(1))
    guard case .success(let peer) = presented else {
      return [failure(presented, inspection.endpoint)]
    }
    var findings: [Finding] = [.ok("TLS", "\(version(peer.version)), connected and agreed upon in \(time).")]
    guard let first = peer.chain.first, let certificate = try? PeerCertificate(first) else {
      findings.append(
        .failure("certificate", "The service's certificate can't be read.", advice: nil, .unavailable))
      return findings
    }
    findings.append(finding(certificate, by: peer.chain.dropFirst(), now: now))
    // What has ended is refused as what isn't trusted is, so that nothing more is to be learned.
    guard findings.last?.status != .failure else { return findings }
    let trust = await StepLimit.value {
      await Result.catching { try await inspection.verify(authorities: authorities) }
    }
    findings.append(finding(trust, certificate, inspection.endpoint, authorities: authorities))
    return findings
  }

  private static func finding(_ certificate: PeerCertificate, by others: ArraySlice<NIOSSLCertificate>, now: Date)
    -> Finding
  {
    let days = certificate.daysLeft(at: now)
    let end = PeerCertificate.day(certificate.notAfter)
    let chain = others.compactMap { (try? PeerCertificate($0))?.subject }
    let subject =
      "\(certificate.subject), issued by \(certificate.issuer)"
      + (chain.isEmpty ? "" : ", sent with \(chain.joined(separator: " and "))")
    if certificate.notBefore > now {
      return .failure(
        "certificate", "\(subject): it begins on \(PeerCertificate.day(certificate.notBefore)).",
        advice: "See whether this machine's clock is right.", .unavailable)
    }
    if days < 0 {
      return .failure(
        "certificate", "\(subject): it ended on \(end).",
        advice: "Ask who runs the service to renew it, and see whether this machine's clock is right.", .unavailable)
    }
    let text = "\(subject), good until \(end), \(days) days."
    return days < soon
      ? .warning("certificate", text, advice: "Ask who runs the service to renew it in time.")
      : .ok("certificate", text)
  }

  private static func finding(
    _ trust: Result<Void, any Error>?, _ certificate: PeerCertificate, _ endpoint: ServicePlace.Endpoint,
    authorities: String?
  ) -> Finding {
    switch trust {
    case .success:
      return .ok("trust", "It is for \(endpoint.host), and its authority is trusted here.")
    case .failure(let error as NIOSSLExtraError) where error == .failedToValidateHostname:
      let names = certificate.names.isEmpty ? certificate.subject : certificate.names.joined(separator: ", ")
      return .failure(
        "trust", "The certificate isn't for \(endpoint.host): it is for \(names).",
        advice: "Use the address under a name that the certificate has.", .unavailable)
    case .failure(let error) where "\(error)".contains("CERTIFICATE_VERIFY_FAILED"):
      let advice =
        authorities.map { "\($0) holds other authorities: put the certificate of the one named here there." }
        ?? "If it is the installation's own authority, set ca_file (or SKYDECK_CA_FILE) to its certificate in PEM form."
      return .failure(
        "trust", "The authority that signed it, \(certificate.issuer), isn't trusted here.", advice: advice,
        .unavailable)
    case .failure(let error):
      return .failure("trust", DoctorText.reason(of: error), advice: nil, .unavailable)
    case nil:
      return .failure("trust", "The service did not answer within 10 seconds.", advice: nil, .unavailable)
    }
  }

  private static func failure(
    _ result: Result<TLSInspection.Presented, any Error>?, _ endpoint: ServicePlace.Endpoint
  ) -> Finding {
    let place = "\(endpoint.host), port \(endpoint.port)"
    guard case .failure(let error) = result else {
      return .failure(
        "TLS", "\(place) took the connection and said nothing for 10 seconds.",
        advice: "See whether the service is stuck, and whether it is the right port.", .unavailable)
    }
    let speaksNoTLS = "\(error)".contains("WRONG_VERSION_NUMBER")
    return .failure(
      "TLS", speaksNoTLS ? "\(place) doesn't speak TLS." : "\(place): \(DoctorText.reason(of: error))",
      advice: "Check the port, and that it serves https.", .unavailable)
  }

  private static func version(_ version: TLSVersion?) -> String {
    switch version {
    case .tlsv13: "TLS 1.3"
    case .tlsv12: "TLS 1.2"
    case .tlsv1, .tlsv11: "an old TLS"
    case nil: "TLS"
    }
  }
}

extension Result where Failure == any Error {
  fileprivate static func catching(_ body: () async throws -> Success) async -> Self {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
