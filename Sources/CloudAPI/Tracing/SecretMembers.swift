/// Masks the values that stand under names such as `client_secret`, in JSON and in forms, whole or cut off.
enum SecretMembers {
  private static let names: Set<String> = [
    "access_token", "refresh_token", "id_token", "client_secret", "password", "key", "api_key", "token",
  ]

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  /// A text under such a name, and any list or object under it, becomes `"•••"`; so does a number.
  ///
  /// It reads what it is given as JSON only as far as that needs: texts, and colons behind them.
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

  /// `name=value` pairs with `&` between them.
  static func maskedForm(_ bytes: [UInt8]) -> [UInt8] {
    let pairs = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return Array(pair) }
      let name = String(decoding: pair[..<equals], as: UTF8.self)
      let plain = PercentEncoding.unescaped(name) ?? name
      return names.contains(plain.lowercased()) ? Array(pair[...equals]) + Array(Secret.mask.utf8) : Array(pair)
    }
    return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
  }

  /// Behind the closing quote, or the end where there is none.
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

  /// Where a value begins, if a colon follows; the end of the bytes where it was cut off.
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
    // Names may be written with escapes, which are rare enough to be decoded as JSON.
    if name.contains("\\"), let decoded = try? JSONText(checked: Array(text)).read(String.self, name: "") {
      name = decoded
    }
    return names.contains(name.lowercased())
  }
}
