import CloudAPI
import HTTPTypes
import Synchronization

/// A service that repeats everything that it receives, above all the key, everywhere in its responses.
final class EchoingService: Transport {
  /// Where it repeats the text.
  enum Manner: CaseIterable, Sendable {
    case detail, fields, page, serverPage, redirect, header, success, refusedToken, tokenError, tokenPage
  }

  /// The prefix of the tokens that it issues.
  static let tokenStart = "t0k3n/ with=\"no\" end".replacing(" ", with: "-")

  private let manner: Manner
  private let tokens = Mutex(0)

  init(_ manner: Manner) {
    self.manner = manner
  }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let body = String(decoding: request.body, as: UTF8.self)
    let field = request.head.headerFields[.authorization] ?? ""
    let said = Self.json("\(field) \(body)")
    if request.head.authority == "iam.example.com" {
      switch manner {
      case .tokenError:
        return Self.answer(400, #"{"error": "invalid_client", "error_description": \#(said)}"#)
      case .tokenPage: return Self.answer(200, "<title>\(body)</title>", type: "text/html")
      default:
        let number = tokens.withLock { tokens in
          tokens += 1
          return tokens
        }
        return Self.answer(200, #"{"access_token": \#(Self.json("\(Self.tokenStart)\(number)")), "echo": \#(said)}"#)
      }
    }
    switch manner {
    case .detail: return Self.answer(403, #"{"detail": \#(said)}"#)
    case .fields: return Self.answer(400, #"{\#(said): [\#(said)], "name": [\#(said)]}"#)
    case .page: return Self.answer(200, "<title>\(Self.html(field))</title>", type: "text/html")
    case .serverPage: return Self.answer(502, "<title>\(field)</title>", type: "text/html")
    case .redirect: return Self.answer(302, "", [.location: "https://x.example/\(field)/\(Self.percent(field))"])
    case .header: return Self.answer(500, "", [.server: field, .setCookie: field])
    case .refusedToken: return Self.answer(401, #"{"detail": \#(said)}"#)
    case .success, .tokenError, .tokenPage: return Self.answer(200, #"{"id": \#(said), "name": 3}"#)
    }
  }

  private static func answer(
    _ status: Int, _ body: String, type: String = "application/json", _ fields: HTTPFields = [:]
  ) -> TransportResponse {
    var fields = fields
    fields[.contentType] = type
    return TransportResponse(
      head: HTTPResponse(status: .init(code: status), headerFields: fields), body: ResponseBody(Array(body.utf8)))
  }

  private static func json(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func html(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  private static func percent(_ text: String) -> String {
    text.replacing("/", with: "%2f").replacing("=", with: "%3d").replacing("\"", with: "%22")
  }
}
