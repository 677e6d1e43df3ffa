import HTTPTypes

/// A request's body, parsed when an operation needs it: after its target was found, as in the framework.
struct RequestBody: Sendable {
  let contentType: String
  let bytes: [UInt8]

  init(_ bytes: [UInt8], of request: HTTPRequest) {
    self.bytes = bytes
    contentType = request.headerFields[.contentType] ?? ""
  }

  /// The fields of the body; an empty body of any type counts as an empty object.
  ///
  /// - Parameter partial: for PATCH, where every field may be absent.
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

/// Names and values in `application/x-www-form-urlencoded`, from a body or a query.
struct URLEncodedForm {
  private let fields: [(name: String, value: String)]

  init(_ bytes: some Collection<UInt8>) {
    fields = bytes.split(separator: UInt8(ascii: "&")).map { field in
      let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
    }
  }

  /// The last value with this name, as in the framework; nil if there is none or it is empty.
  subscript(name: String) -> String? {
    guard let value = fields.last(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
    return value
  }

  /// A name that occurs more than once.
  var repeatedName: String? {
    var seen: Set<String> = []
    return fields.first { !seen.insert($0.name).inserted }?.name
  }

  /// Decodes a name or value: `+` is a space, `%` with two hexadecimal digits is a byte, everything else is literal.
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
