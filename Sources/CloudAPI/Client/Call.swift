import FoundationEssentials
import HTTPTypes

/// One use of an operation: its ids and its body filled in.
struct Call: Sendable {
  let operation: Operation
  /// The path below the base URL, escaped.
  let path: String
  let body: [UInt8]

  /// - Parameters:
  ///   - ids: what goes into the placeholders of the operation's path, in their order.
  ///   - body: JSON, empty for none.
  /// - Throws: `notFound` when an id can't stand in a path (RFC 3986 drops the segments `.` and `..`, and an empty one
  ///   makes the path of another operation), so that such a request is never sent.
  init(_ operation: Operation, _ ids: [String] = [], body: [UInt8] = []) throws(CloudAPIError) {
    var left = ids[...]
    var segments: [String] = []
    for segment in operation.pathTemplate.split(separator: "/") {
      guard segment.hasPrefix("{"), let id = left.popFirst() else {
        segments.append(String(segment))
        continue
      }
      guard !["", ".", ".."].contains(id) else {
        throw CloudAPIError(
          .notFound, request: "\(operation.method) \(operation.pathTemplate)",
          detail: "“\(id)” can't be the id of a record.")
      }
      segments.append(Self.escaped(id))
    }
    self.operation = operation
    self.path = segments.map { "/" + $0 }.joined()
    self.body = body
  }

  /// `GET /cloud/3/user`, as errors and events name the request.
  var name: String { "\(operation.method) \(path)" }

  /// Everything but the unreserved characters of RFC 3986 as `%XX`.
  private static func escaped(_ id: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Call {
  /// A call whose body is `value` as JSON, with the keys in a fixed order.
  init(_ operation: Operation, _ ids: [String] = [], json value: some Encodable) throws(CloudAPIError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body: Data
    do {
      body = try encoder.encode(value)
    } catch {
      throw CloudAPIError(
        .validation(fields: ["": ["What was entered can't be written as JSON."]]),
        request: "\(operation.method) \(operation.pathTemplate)")
    }
    try self.init(operation, ids, body: Array(body))
  }
}
