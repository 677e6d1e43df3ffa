import HTTPTypes
import TextSafety

/// Turns requests and responses into text without secrets and control characters.
struct Redaction {
  /// How many bytes of a masked body are shown.
  private let shownBytes: Int
  private let secrets: KnownSecrets

  /// Header fields whose values are secrets; `true` if the value begins with a scheme, which is kept.
  private static let secretFields: [HTTPField.Name: Bool] = [
    .authorization: true, .proxyAuthorization: true, .cookie: false, .setCookie: false,
  ]

  /// Words in the names of non-standard header fields whose values are secrets.
  private static let secretWords = ["token", "secret", "password", "api-key", "apikey"]

  init(_ secrets: KnownSecrets, shownBytes: Int) {
    self.secrets = secrets
    self.shownBytes = shownBytes
  }

  func text(of request: TransportRequest) -> String {
    let head = request.head
    let place = "\(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "")"
    return message(
      "\(head.method) \(maskedQuery(of: place))", head.headerFields, TraceBody(request.body, limit: shownBytes))
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

  /// Masks the query and the fragment of an address as form fields.
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
    // Mask by name before masking by value: a value that is masked already is no longer a complete JSON string.
    let named = isForm ? SecretMembers.maskedForm(body.bytes) : SecretMembers.maskedJSON(body.bytes)
    var masked = secrets.masked(in: named, isBeginning: body.isBeginning) ?? named
    let isCut = body.isBeginning || masked.count > shownBytes
    masked = Array(masked.prefix(shownBytes))
    return harmless(masked) + (isCut ? "… (\(body.count) bytes)" : "")
  }

  /// Writes harmful characters except line feeds and tabs as `\u{…}`, and bytes that aren't UTF-8 as U+FFFD.
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

/// Masks the values of names such as `client_secret`, in JSON and in forms, complete or cut off.
enum SecretMembers {
  private static let names: Set<String> = [
    "access_token", "refresh_token", "id_token", "client_secret", "password", "key", "api_key", "token",
  ]

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  /// Replaces a text, list, object or number under such a name with `"•••"`.
  ///
  /// It parses only as much JSON as that needs: texts and the colons after them.
  static func maskedJSON(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == quote else {
        output.append(bytes[index])
        index += 1
        continue
      }
      let end = endOfText(in: bytes, from: index)
      let text = bytes[index..<end]
      output += text
      index = end
      guard let value = valueBehindName(in: bytes, from: end), isSecret(text) else { continue }
      output += bytes[end..<value]
      output += "\"\(Secret.mask)\"".utf8
      index = endOfValue(in: bytes, from: value)
    }
    return output
  }

  /// Masks `name=value` pairs separated by `&`.
  static func maskedForm(_ bytes: [UInt8]) -> [UInt8] {
    let pairs = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return Array(pair) }
      let name = String(decoding: pair[..<equals], as: UTF8.self)
      let plain = PercentEncoding.unescaped(name) ?? name
      return names.contains(plain.lowercased()) ? Array(pair[...equals]) + Array(Secret.mask.utf8) : Array(pair)
    }
    return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
  }

  /// The index after the closing quote, or the end if there is none.
  private static func endOfText(in bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case backslash: index += 2
      case quote: return index + 1
      default: index += 1
      }
    }
    return bytes.count
  }

  /// The start of a value, if a colon follows; the end of the bytes if the value was cut off.
  private static func valueBehindName(in bytes: [UInt8], from start: Int) -> Int? {
    let colon = afterWhiteSpace(in: bytes, from: start)
    guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return nil }
    return afterWhiteSpace(in: bytes, from: colon + 1)
  }

  private static func afterWhiteSpace(in bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex { !" \t\r\n".utf8.contains($0) } ?? bytes.count
  }

  private static func endOfValue(in bytes: [UInt8], from start: Int) -> Int {
    var index = start
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case quote:
        index = endOfText(in: bytes, from: index)
        if depth == 0 { return index }
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth <= 1 { return depth == 0 ? index : index + 1 }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return index
      default: break
      }
      index += 1
    }
    return bytes.count
  }

  private static func isSecret(_ text: ArraySlice<UInt8>) -> Bool {
    var name = String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
    // Names may contain escapes; they are rare enough to be decoded as JSON.
    if name.contains("\\"), let decoded = try? JSONText(checked: Array(text)).read(String.self, name: "") {
      name = decoded
    }
    return names.contains(name.lowercased())
  }
}
