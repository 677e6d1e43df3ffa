import HTTPTypes
import TextSafety

/// Turns requests and answers into text without secrets and without control characters.
struct Redaction {
  /// How many bytes of a masked body are shown.
  static let shownBytes = 64 << 10

  private let secrets: KnownSecrets

  /// Header fields whose values are secrets; what stands before the first space is kept where it names a scheme.
  private static let secretFields: [HTTPField.Name: Bool] = [
    .authorization: true, .proxyAuthorization: true, .cookie: false, .setCookie: false,
  ]

  /// In the names of header fields that are no standard's.
  private static let secretWords = ["token", "secret", "password", "api-key", "apikey"]

  init(_ secrets: KnownSecrets) {
    self.secrets = secrets
  }

  func text(of request: TransportRequest) -> String {
    let head = request.head
    let place = "\(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "")"
    return message(
      "\(head.method) \(maskedQuery(of: place))", head.headerFields, TraceBody(request.body))
  }

  func text(of head: HTTPResponse, _ body: TraceBody) -> String {
    message("\(head.status.code)", head.headerFields, body)
  }

  func text(of failure: TransportError) -> String {
    let text =
      switch failure {
      case .notConnected(let reason): "not connected: \(reason)"
      case .connectionLost(let reason): "connection lost: \(reason)"
      case .timedOut: "timed out"
      case .cancelled: "cancelled"
      }
    return harmless(Array(secrets.masked(in: text).utf8))
  }

  private func message(_ first: String, _ fields: HTTPFields, _ body: TraceBody) -> String {
    let lines = [secrets.masked(in: first)] + fields.map { "\($0.name.rawName): \(value(of: $0))" }
    let head = lines.map { harmless(Array($0.utf8)) + "\n" }.joined()
    return body.count == 0 ? head : "\(head)\n\(text(of: body, isForm: isForm(fields)))\n"
  }

  private func isForm(_ fields: HTTPFields) -> Bool {
    fields[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true
  }

  private func value(of field: HTTPField) -> String {
    switch Self.secretFields[field.name] {
    case nil where Self.secretWords.contains(where: field.name.canonicalName.contains): return Secret.mask
    case nil: return secrets.masked(in: field.name == .location ? maskedQuery(of: field.value) : field.value)
    case false?: return Secret.mask
    case true?:
      let words = field.value.split(separator: " ", maxSplits: 1)
      return words.count == 2 ? "\(words[0]) \(Secret.mask)" : Secret.mask
    }
  }

  /// Those of query and fragment are fields of a form.
  private func maskedQuery(of address: String) -> String {
    var rest = address[...]
    var masked = ""
    while let mark = rest.firstIndex(where: { "?#".contains($0) }) {
      masked += maskedForm(rest[..<mark]) + String(rest[mark])
      rest = rest[rest.index(after: mark)...]
    }
    return masked + maskedForm(rest)
  }

  private func maskedForm(_ text: Substring) -> String {
    String(decoding: SecretMembers.maskedForm(Array(text.utf8)), as: UTF8.self)
  }

  private func text(of body: TraceBody, isForm: Bool) -> String {
    // By name before by value: a value that is masked already would no longer be a whole JSON string.
    let named = isForm ? SecretMembers.maskedForm(body.bytes) : SecretMembers.maskedJSON(body.bytes)
    var masked = secrets.masked(in: named, isBeginning: body.isBeginning) ?? named
    let isCut = body.isBeginning || masked.count > Self.shownBytes
    masked = Array(masked.prefix(Self.shownBytes))
    return harmless(masked) + (isCut ? "… (\(body.count) bytes)" : "")
  }

  /// Harmful characters but line feeds and tabs as `\u{…}`, bytes that are no UTF-8 as U+FFFD.
  private func harmless(_ bytes: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.isHarmful, scalar != "\n", scalar != "\t" {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
