import FoundationEssentials
public import HTTPTypes

/// A call in the form of an edition: method, path and body.
public struct CallRequest: Hashable, Sendable {
  public let operation: Operation
  public let edition: Edition
  public let method: HTTPRequest.Method
  /// The path below the base URL, percent-encoded.
  public let path: String
  /// JSON with its keys in a fixed order; empty for no body.
  public let body: [UInt8]
  /// The id of the record to pick, if the response is a list instead of one record.
  let picked: String?
  /// The values of the placeholders in the operation's path.
  let ids: [String]

  /// `GET /cloud/3/user`, as errors and events name the request.
  public var name: String { "\(method) \(path)" }

  init(_ call: Call, in edition: Edition) throws(CloudAPIError) {
    let operation = call.operation
    let template = operation.pathTemplate(in: edition)
    guard let method = operation.method(in: edition) else {
      throw CloudAPIError(
        .unsupported(edition), request: "\(operation.method) \(template)",
        detail: "it has no \(operation.documentedName)")
    }
    self.operation = operation
    self.edition = edition
    self.method = method
    ids = call.ids
    picked = operation.isPickedFromList(in: edition) ? call.ids.last : nil
    path = try Self.path(template, call.ids, of: method)
    body =
      try call.content.map { content throws(CloudAPIError) in
        try Self.json(content.body, in: edition, request: "\(method) \(template)")
      } ?? []
  }

  /// RFC 3986 removes the segments `.` and `..`, and an empty segment yields the path of another operation.
  private static func path(
    _ template: String, _ ids: [String], of method: HTTPRequest.Method
  ) throws(CloudAPIError) -> String {
    var left = ids[...]
    var segments: [String] = []
    for segment in template.split(separator: "/") {
      guard segment.hasPrefix("{"), let id = left.popFirst() else {
        segments.append(String(segment))
        continue
      }
      guard !Identifier<Never>(rawValue: id).isMissing else {
        throw CloudAPIError(
          .notFound, request: "\(method) \(template)", detail: "The service gave no id for this record.")
      }
      guard ![".", ".."].contains(id) else {
        throw CloudAPIError(
          .notFound, request: "\(method) \(template)", detail: "“\(id)” can't be the id of a record.")
      }
      segments.append(PercentEncoding.escaped(id))
    }
    return segments.map { "/" + $0 }.joined()
  }

  private static func json(
    _ content: any Encodable, in edition: Edition, request: String
  ) throws(CloudAPIError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if let key = CodingUserInfoKey.edition { encoder.userInfo[key] = edition }
    do {
      return Array(try encoder.encode(content))
    } catch let error as UnsupportedContent {
      throw CloudAPIError(.unsupported(edition), request: request, detail: error.reason)
    } catch {
      throw CloudAPIError(
        .validation(fields: ["": ["The input can't be written as JSON."]]), request: request)
    }
  }
}

/// Content that the edition doesn't support.
struct UnsupportedContent: Error {
  let reason: String
}
