import FoundationEssentials

/// Why a certificate chain isn't trusted, derived from the certificates, because BoringSSL doesn't say.
struct TrustAdvice {
  let detail: String
  let advice: String

  /// - Parameters:
  ///   - certificate: the service's own.
  ///   - others: the other certificates that the service sends.
  ///   - known: the certificates in the files trusted in addition to the system's.
  ///   - caFile: the path from `ca_file`.
  init(
    _ certificate: PeerCertificate, sentWith others: [PeerCertificate], known: [PeerCertificate], caFile: String?,
    now: Date
  ) {
    guard certificate.isForServers else {
      detail = "The certificate isn't for servers: its extended key usage lacks serverAuth."
      advice = "Ask who runs the service for a certificate that is."
      return
    }
    let path = Self.path(from: certificate, through: others + known)
    let last = path[path.count - 1]
    let root = last.isRoot ? last.subject : last.issuer
    let place = caFile ?? "ca_file"
    if let ended = path.dropFirst().first(where: { $0.notAfter < now }) {
      detail = "The certificate of the authority \(ended.subject) ended on \(PeerCertificate.day(ended.notAfter))."
      advice = "Ask who runs the service, or the authority, for the new one."
    } else if last.isRoot, known.contains(last) {
      detail =
        "\(place) holds its authority, \(root), and yet it is refused: a signature or a constraint doesn't hold."
      advice = "Ask who runs the authority; openssl verify -CAfile \(place) with the service's certificate tells more."
    } else if let intermediate = path.dropFirst().first(where: { known.contains($0) }) {
      detail = "\(place) holds \(intermediate.subject), an intermediate, and only a root makes a chain trusted."
      advice =
        "Put the certificate of its root there, too: \(root)\(last.isRoot ? "" : ", or the one that signed that")."
    } else if path.count == 1, last.isRoot {
      detail = "The certificate is signed by itself, and not trusted here."
      advice = "If it is the right one, set ca_file (or SKYDECK_CA_FILE) to it in PEM form."
    } else if last.isRoot {
      detail = "The authority that signed it, \(root), isn't trusted here."
      advice = Self.trust(caFile)
    } else {
      let signed = path.count == 1 ? "it" : last.subject
      detail =
        "The authority that signed \(signed), \(root), isn't trusted here, and the service doesn't send its "
        + "certificate."
      advice =
        Self.trust(caFile) + " If it is an intermediate, the service has to send its certificate, too: "
        + "ask who runs it for the whole chain."
    }
  }

  private static func trust(_ caFile: String?) -> String {
    caFile.map {
      "\($0) holds other authorities: if this one is a root of the installation's own, put its certificate there, too."
    } ?? "If it is a root of the installation's own, set ca_file (or SKYDECK_CA_FILE) to its certificate in PEM form."
  }

  /// The available certificates from one to its root.
  private static func path(from first: PeerCertificate, through others: [PeerCertificate]) -> [PeerCertificate] {
    var path = [first]
    while let last = path.last, !last.isRoot,
      let next = others.first(where: { $0.subject == last.issuer && !path.contains($0) })
    {
      path.append(next)
    }
    return path
  }
}
