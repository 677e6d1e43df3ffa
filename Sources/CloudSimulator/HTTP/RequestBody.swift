import HTTPTypes

/// A request's body, read when an operation asks for it: after its target was found, as in the framework.
struct RequestBody: Sendable {
  let contentType: String
  let bytes: [UInt8]

  init(_ bytes: [UInt8], of request: HTTPRequest) {
    self.bytes = bytes
    contentType = request.headerFields[.contentType] ?? ""
  }

  /// The fields of the body; no bytes at all, whatever their type, count as an empty object.
  ///
  /// - Parameter partial: PATCH, where every field may be absent.
  func fields(partial: Bool = false) throws(Refusal) -> FieldReader {
    try FieldReader(try json(), partial: partial)
  }

  /// The content type without its parameters, in lower case.
  var mediaType: String {
    contentType.prefix { $0 != ";" }.lowercased().trimmingPythonWhiteSpace()
  }

  private func json() throws(Refusal) -> JSONValue {
    if bytes.isEmpty { return .object([:]) }
    guard mediaType == "application/json" else { throw .unsupportedMediaType(contentType) }
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw .malformed(error)
    }
  }
}

/// Names and values as `application/x-www-form-urlencoded` writes them, in a body or in a query.
struct URLEncodedForm {
  private let fields: [(name: String, value: String)]

  init(_ bytes: some Collection<UInt8>) {
    fields = bytes.split(separator: UInt8(ascii: "&")).map { field in
      let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
    }
  }

  /// The last value of this name, as the framework takes it; nil where there is none or it is empty.
  subscript(name: String) -> String? {
    guard let value = fields.last(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
    return value
  }

  /// A name that is there more than once.
  var repeatedName: String? {
    var seen: Set<String> = []
    return fields.first { !seen.insert($0.name).inserted }?.name
  }

  /// One name or value: `+` is a space, `%` and two hexadecimal digits are a byte, and all else is itself.
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    var decoded: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2).compactMap(\.hexadecimalDigit)
        if digits.count == 2 {
          decoded.append(digits[0] << 4 | digits[1])
          rest = rest.dropFirst(2)
        } else {
          decoded.append(byte)
        }
      default: decoded.append(byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
