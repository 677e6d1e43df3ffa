import CloudAPI
import FoundationEssentials
import NIOCore
import NIOSSL

/// Checks the TLS version of a service, and whether its certificate is trusted and how long it remains valid.
struct TLSCheck {
  let findings: [Finding]

  /// The number of days below which a certificate is reported to expire soon.
  private static let soon = 30

  /// - Parameters:
  ///   - authorities: the authorities trusted in addition to the system's.
  ///   - limit: the time limit for each of two handshakes.
  init(
    _ place: ServicePlace, _ authorities: AuthoritiesCheck, limit: Duration = StepLimit.standard, now: Date
  ) async {
    if !place.isSecure {
      findings = [.ok("TLS", "Not used: plain http to this machine.")]
    } else if place.proxy != nil {
      findings = [.skipped("TLS", "Not checked through a proxy: the sign-in shows whether it works.")]
    } else {
      findings = await Self.findings(
        TLSInspection(endpoint: place.endpoint), authorities, within: limit, now: now)
    }
  }

  private static func findings(
    _ inspection: TLSInspection, _ authorities: AuthoritiesCheck, within limit: Duration, now: Date
  ) async -> [Finding] {
    let start = ContinuousClock.now
    let presented = await StepLimit.value(within: limit) {
      await Result.catching { try await inspection.presented() }
    }
    let time = DoctorText.milliseconds(start.duration(to: .now) / .microseconds(1))
    guard case .success(let peer) = presented else {
      return [failure(presented, inspection.endpoint)]
    }
    var findings: [Finding] = [finding(peer.version, after: time)]
    let chain = peer.chain.compactMap { try? PeerCertificate($0) }
    guard let certificate = chain.first else {
      findings.append(
        .failure("certificate", "The service's certificate can't be read.", advice: nil, .unavailable))
      return findings
    }
    findings.append(finding(certificate, by: chain.dropFirst(), now: now))
    // The verification rejects an expired certificate or an old TLS version like missing trust, so it would tell
    // nothing new.
    guard findings.allSatisfy({ $0.status != .failure }) else { return findings }
    let trust = await StepLimit.value(within: limit) {
      await Result.catching { try await inspection.verify(authorities: authorities.authorities) }
    }
    let known = (authorities.authorities?.certificates ?? []).compactMap { try? PeerCertificate($0) }
    let advice = TrustAdvice(
      certificate, sentWith: Array(chain.dropFirst()), known: known, caFile: authorities.caFile, now: now)
    findings.append(finding(trust, certificate, inspection.endpoint, advice))
    return findings
  }

  private static func finding(_ version: TLSVersion?, after time: String) -> Finding {
    switch version {
    case .tlsv1, .tlsv11:
      .failure(
        "TLS", "The service speaks \(version == .tlsv1 ? "TLS 1.0" : "TLS 1.1") at most, which doesn't protect a key.",
        advice: "Ask who runs it for TLS 1.2 or a later one: nothing is sent over older ones.", .unavailable)
    case .tlsv12: .ok("TLS", "TLS 1.2, handshake in \(time).")
    case .tlsv13: .ok("TLS", "TLS 1.3, handshake in \(time).")
    case nil: .ok("TLS", "Handshake in \(time).")
    }
  }

  private static func finding(
    _ certificate: PeerCertificate, by others: ArraySlice<PeerCertificate>, now: Date
  ) -> Finding {
    let days = certificate.daysLeft(at: now)
    let end = PeerCertificate.day(certificate.notAfter)
    let chain = others.map(\.subject)
    let subject =
      "\(certificate.subject), issued by \(certificate.issuer)"
      + (chain.isEmpty ? "" : ", sent with \(chain.joined(separator: " and "))")
    if certificate.notBefore > now {
      return .failure(
        "certificate", "\(subject): it begins on \(PeerCertificate.day(certificate.notBefore)).",
        advice: "Check this machine's clock.", .unavailable)
    }
    if days < 0 {
      return .failure(
        "certificate", "\(subject): it ended on \(end).",
        advice: "Ask who runs the service to renew it, and check this machine's clock.", .unavailable)
    }
    let text = "\(subject), good until \(end), \(days) days."
    return days < soon
      ? .warning("certificate", text, advice: "Ask who runs the service to renew it in time.")
      : .ok("certificate", text)
  }

  private static func finding(
    _ trust: Result<Void, any Error>?, _ certificate: PeerCertificate, _ endpoint: ServicePlace.Endpoint,
    _ advice: TrustAdvice
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
      return .failure("trust", advice.detail, advice: advice.advice, .unavailable)
    case .failure(let error):
      return .failure("trust", "It failed: \(TransportError.reason(of: error)).", advice: nil, .unavailable)
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
        advice: "Check the service and the port.", .unavailable)
    }
    let speaksNoTLS = "\(error)".contains("WRONG_VERSION_NUMBER")
    return .failure(
      "TLS", speaksNoTLS ? "\(place) doesn't speak TLS." : "\(place): \(TransportError.reason(of: error)).",
      advice: "Check the port, and that it serves https.", .unavailable)
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

/// The authorities trusted in addition to the system's.
struct AuthoritiesCheck {
  let findings: [Finding]
  let caFile: String?
  /// `nil` if there are none.
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
