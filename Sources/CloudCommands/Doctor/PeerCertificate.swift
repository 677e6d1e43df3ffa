import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// What is to be known of a service's certificate.
struct PeerCertificate {
  let subject: String
  let issuer: String
  let notBefore: Date
  let notAfter: Date
  /// The hosts that it is for.
  let names: [String]

  init(_ certificate: NIOSSLCertificate) throws {
    let parsed = try Certificate(derEncoded: certificate.toDERBytes())
    subject = parsed.subject.description
    issuer = parsed.issuer.description
    notBefore = parsed.notValidBefore
    notAfter = parsed.notValidAfter
    let alternatives = try parsed.extensions.subjectAlternativeNames.map { Array($0) } ?? []
    names = alternatives.compactMap { name in
      if case .dnsName(let text) = name { text } else { nil }
    }
  }

  /// Whole days until it ends; negative once it has.
  func daysLeft(at now: Date) -> Int {
    Int((notAfter.timeIntervalSince(now) / 86_400).rounded(.down))
  }

  static func day(_ date: Date) -> String {
    Date.ISO8601FormatStyle().year().month().day().format(date)
  }
}
