import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// What is to be known of a service's certificate.
struct PeerCertificate {
  let subject: String
  let issuer: String
  let notBefore: Date
  let notAfter: Date
  /// The hosts that it is for, by their names and addresses.
  let names: [String]
  /// Whether servers may show it: it says so, or says nothing of its use.
  let isForServers: Bool
  private let bytes: [UInt8]

  init(_ certificate: NIOSSLCertificate) throws {
    bytes = try certificate.toDERBytes()
    let parsed = try Certificate(derEncoded: bytes)
    subject = parsed.subject.description
    issuer = parsed.issuer.description
    notBefore = parsed.notValidBefore
    notAfter = parsed.notValidAfter
    let alternatives = try parsed.extensions.subjectAlternativeNames.map { Array($0) } ?? []
    names = alternatives.compactMap { name in
      switch name {
      case .dnsName(let text): text
      case .ipAddress(let octets): Self.address(octets.bytes)
      default: nil
      }
    }
    let uses = try parsed.extensions.extendedKeyUsage.map { Array($0) }
    isForServers = uses.map { $0.contains(.serverAuth) || $0.contains(.any) } ?? true
  }

  /// Whether it names nobody else as having signed it, as roots don't.
  var isRoot: Bool { subject == issuer }

  private static func address(_ octets: ArraySlice<UInt8>) -> String? {
    (try? SocketAddress(packedIPAddress: ByteBuffer(bytes: octets), port: 0))?.ipAddress
  }

  /// Whole days until it ends; negative once it has.
  func daysLeft(at now: Date) -> Int {
    Int((notAfter.timeIntervalSince(now) / 86_400).rounded(.down))
  }

  static func day(_ date: Date) -> String {
    Date.ISO8601FormatStyle().year().month().day().format(date)
  }
}

extension PeerCertificate: Equatable {
  static func == (one: PeerCertificate, other: PeerCertificate) -> Bool { one.bytes == other.bytes }
}
