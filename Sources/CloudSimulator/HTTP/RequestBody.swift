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
