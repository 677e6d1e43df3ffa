import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1

/// The fields of a service's certificate that the checks need.
struct PeerCertificate {
  let subject: String
  let issuer: String
  let notBefore: Date
  let notAfter: Date
  /// The hosts that the certificate is valid for: names and addresses.
  let names: [String]
  /// Whether servers may use the certificate: its extended key usage allows it or is missing.
  let isForServers: Bool
  private let bytes: [UInt8]

  init(_ certificate: NIOSSLCertificate) throws {
    bytes = try certificate.toDERBytes()
    notBefore = Date(timeIntervalSince1970: TimeInterval(certificate.notValidBefore))
    notAfter = Date(timeIntervalSince1970: TimeInterval(certificate.notValidAfter))
    let fields = try CertificateFields(derEncoded: bytes)
    subject = fields.subject
    issuer = fields.issuer
    names = fields.names
    isForServers = fields.uses.map { $0.contains(.serverAuthentication) || $0.contains(.anyUse) } ?? true
  }

  /// Whether the issuer is the subject itself, as in roots.
  var isRoot: Bool { subject == issuer }

  /// Whole days until the certificate expires; negative after that.
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

/// The fields that NIOSSL doesn't provide, parsed from the certificate (RFC 5280, section 4.1).
private struct CertificateFields: DERParseable {
  let subject: String
  let issuer: String
  let names: [String]
  let uses: [ASN1ObjectIdentifier]?

  init(derEncoded certificate: ASN1Node) throws {
    var fields = try certificate.children.first?.children ?? []
    // Certificates of version 1 omit the version.
    if fields.first?.contextTag == 0 { fields.removeFirst() }
    // Serial number, signature, issuer, validity, subject and key, followed by optional fields.
    guard fields.count >= 6 else {
      throw ASN1Error.invalidASN1Object(reason: "A certificate has six fields at least.")
    }
    issuer = try Self.name(fields[2])
    subject = try Self.name(fields[4])
    var (names, uses): ([String], [ASN1ObjectIdentifier]?) = ([], nil)
    for field in try fields.last(where: { $0.contextTag == 3 })?.children.first?.children ?? [] {
      let parts = try field.children
      guard let first = parts.first, let last = parts.last else { continue }
      let identifier = try ASN1ObjectIdentifier(derEncoded: first)
      guard identifier == .alternativeNames || identifier == .extendedKeyUsage else { continue }
      let values = try DER.parse(ASN1OctetString(derEncoded: last).bytes).children
      if identifier == .alternativeNames {
        names = values.compactMap(Self.host)
      } else {
        uses = try values.map { try ASN1ObjectIdentifier(derEncoded: $0) }
      }
    }
    (self.names, self.uses) = (names, uses)
  }

  /// A distinguished name in the format of RFC 4514, which begins with the last part.
  private static func name(_ name: ASN1Node) throws -> String {
    try name.children.reversed().map { part in
      try part.children.map(attribute).joined(separator: "+")
    }.joined(separator: ",")
  }

  private static func attribute(_ attribute: ASN1Node) throws -> String {
    let parts = try attribute.children
    guard let first = parts.first, let value = parts.last, parts.count == 2 else {
      throw ASN1Error.invalidASN1Object(reason: "An attribute is a type and a value.")
    }
    let type = try ASN1ObjectIdentifier(derEncoded: first)
    return "\(attributeNames[type] ?? "\(type)")=\(escaped(text(value)))"
  }

  private static let attributeNames: [ASN1ObjectIdentifier: String] = [
    .NameAttributes.commonName: "CN", .NameAttributes.countryName: "C", .NameAttributes.localityName: "L",
    .NameAttributes.stateOrProvinceName: "ST", .NameAttributes.organizationName: "O",
    .NameAttributes.organizationalUnitName: "OU", [2, 5, 4, 9]: "STREET", .NameAttributes.domainComponent: "DC",
    .NameAttributes.emailAddress: "E",
  ]

  /// The text of a value in one of the three common string types; for other types, its bytes.
  private static func text(_ value: ASN1Node) -> String {
    switch (value.identifier, value.content) {
    case (.utf8String, .primitive(let bytes)), (.printableString, .primitive(let bytes)),
      (.ia5String, .primitive(let bytes)):
      String(decoding: bytes, as: UTF8.self)
    default: "\(ASN1Any(derEncoded: value))"
    }
  }

  /// Escapes special characters (RFC 4514, section 2.4).
  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let start = scalars.prefix { $0 == " " || $0 == "#" }.count
    let end = scalars.count - scalars.dropFirst(start).reversed().prefix { $0 == " " }.count
    var escaped = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      if place < start || place >= end || ",+\"\\<>;".unicodeScalars.contains(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }

  private static func host(_ name: ASN1Node) -> String? {
    guard case .primitive(let bytes) = name.content else { return nil }
    return switch name.contextTag {
    case 2: String(decoding: bytes, as: UTF8.self)
    case 7: (try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0))?.ipAddress
    default: nil
    }
  }
}

extension ASN1Node {
  fileprivate var children: [ASN1Node] {
    get throws {
      guard case .constructed(let nodes) = content else { throw ASN1Error.unexpectedFieldType(identifier) }
      return Array(nodes)
    }
  }

  fileprivate var contextTag: UInt? {
    identifier.tagClass == .contextSpecific ? identifier.tagNumber : nil
  }
}

extension ASN1ObjectIdentifier {
  fileprivate static let alternativeNames: Self = [2, 5, 29, 17]
  fileprivate static let extendedKeyUsage: Self = [2, 5, 29, 37]
  fileprivate static let anyUse: Self = [2, 5, 29, 37, 0]
  fileprivate static let serverAuthentication: Self = [1, 3, 6, 1, 5, 5, 7, 3, 1]
}
