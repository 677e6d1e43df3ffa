import CloudSimulator
import FoundationEssentials
import HTTPTypes

/// A request in one line, with a valid key by default.
func request(
  _ method: HTTPRequest.Method, _ path: String, authorization: String? = "Bearer key", contentType: String? = nil
) -> HTTPRequest {
  var request = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
  request.headerFields[.authorization] = authorization
  request.headerFields[.contentType] = contentType
  return request
}

/// A response, in a form that tests can compare.
struct Exchange {
  let status: Int
  let text: String
  let fields: HTTPFields

  /// The number after the first `"id":`.
  var id: Int? {
    guard let label = text.firstRange(of: "\"id\":") else { return nil }
    return Int(text[label.upperBound...].prefix { $0.isNumber })
  }
}

extension Simulator {
  /// Sends a request with JSON as a client would.
  func exchange(
    _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, authorization: String? = "Bearer key",
    contentType: String = "application/json"
  ) async -> Exchange {
    let head = request(
      method, path, authorization: authorization, contentType: body == nil ? nil : contentType)
    let response = await respond(to: head, body: Array((body ?? "").utf8))
    return Exchange(
      status: response.status.code, text: String(decoding: response.body, as: UTF8.self), fields: response.fields)
  }

  /// A simulator at 2019-05-23T13:07:17.123456Z, without clouds by default.
  static func fixed(
    data: DataSet = .empty, key: String? = nil, edition: Edition = .classic, freeClouds: Int? = nil
  ) -> Simulator {
    Simulator(
      data: data, key: key, edition: edition, freeClouds: freeClouds,
      now: { Date(timeIntervalSince1970: 1_558_616_837.123456) })
  }
}
