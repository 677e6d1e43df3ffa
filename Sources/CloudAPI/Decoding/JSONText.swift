import FoundationEssentials

/// One JSON value as a service wrote it, without the white space between its tokens: names, order, numbers and nulls
/// are the service's own.
public struct JSONText: Hashable, Sendable {
  /// Valid JSON (RFC 8259) in UTF-8.
  public let bytes: [UInt8]

  init(checked bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// - Throws: `UnreadableAnswer` where the bytes aren't one JSON value.
  init(_ bytes: some Sequence<UInt8>) throws(UnreadableAnswer) {
    var scanner = JSONScanner(.value)
    var value: [UInt8] = []
    try scanner.read(Array(bytes)) { value = $0 }
    try scanner.finish { value = $0 }
    self.bytes = value
  }

  /// The value as a model.
  ///
  /// - Parameters:
  ///   - name: what it is, for the error's message: `user` makes `user.email is a number, not text`.
  ///   - request: what was asked, for the error.
  /// - Throws: `badResponse` with the field that can't be read.
  public func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, name: String, request: String
  ) throws(CloudAPIError) -> Value {
    do {
      return try read(name: name)
    } catch {
      throw CloudAPIError(.badResponse(reason: error.reason), request: request)
    }
  }

  /// The elements of a list as models, in one go.
  ///
  /// - Parameter name: what they are: `users` makes `users[3].email is a number, not text`.
  /// - Throws: `badResponse` with the field that can't be read.
  public static func decode<Value: Decodable>(
    _ elements: [JSONText], as type: Value.Type = Value.self, name: String, request: String
  ) throws(CloudAPIError) -> [Value] {
    var bytes = [UInt8(ascii: "[")]
    bytes.reserveCapacity(elements.reduce(2) { $0 + $1.bytes.count + 1 })
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: element.bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return try JSONText(checked: bytes).decode(name: name, request: request)
  }

  func read<Value: Decodable>(_ type: Value.Type = Value.self, name: String) throws(UnreadableAnswer) -> Value {
    let data = Data(bytes)
    do {
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw UnreadableAnswer(error, in: data, name: name)
    }
  }
}

extension JSONText: CustomStringConvertible {
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
