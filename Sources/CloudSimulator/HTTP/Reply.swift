import HTTPTypes

/// A response before it is encoded: an operation returns it quickly, because it holds the state meanwhile.
struct Reply: Sendable {
  enum Content: Sendable {
    case nothing
    case json(any JSONWritable)
    /// Text, with its type in `fields`.
    case text(String)
  }

  var status: HTTPResponse.Status
  var fields: HTTPFields = [:]
  var content: Content

  static func ok(_ value: any JSONWritable) -> Reply {
    Reply(status: .ok, content: .json(value))
  }

  static func created(_ value: any JSONWritable) -> Reply {
    Reply(status: .created, content: .json(value))
  }

  static let noContent = Reply(status: .noContent, content: .nothing)
}

/// A refusal by the service, with the status and body of Django REST framework.
struct Refusal: Error, Sendable {
  var reply: Reply

  init(_ status: HTTPResponse.Status, fields: HTTPFields = [:], _ body: any JSONWritable) {
    reply = Reply(status: status, fields: fields, content: .json(body))
  }

  /// Django's own response for an unknown path, such as one with a trailing slash; the key isn't checked before it.
  static let noSuchPath = Refusal(
    reply: Reply(
      status: .notFound, fields: [.contentType: "text/html"],
      content: .text(
        """
        <!doctype html>
        <html lang="en">
        <head>
          <title>Not Found</title>
        </head>
        <body>
          <h1>Not Found</h1><p>The requested resource was not found on this server.</p>
        </body>
        </html>

        """)))

  static let notFound = Refusal(.notFound, Message("detail", "Not found."))

  static func unauthorized(_ detail: String) -> Refusal {
    Refusal(.unauthorized, fields: [.wwwAuthenticate: "Bearer realm=\"api\""], Message("detail", detail))
  }

  static let forbidden = Refusal(
    .forbidden, Message("detail", "You do not have permission to perform this action."))

  /// The current edition's response when all free clouds are in use.
  static func paymentRequired(freeClouds count: Int) -> Refusal {
    Refusal(
      .paymentRequired, Message("detail", "You can't create more than \(count) free cloud\(count == 1 ? "" : "s")"))
  }

  static func methodNotAllowed(_ method: HTTPRequest.Method) -> Refusal {
    Refusal(.methodNotAllowed, Message("detail", "Method \"\(method.rawValue)\" not allowed."))
  }

  static func unsupportedMediaType(_ type: String) -> Refusal {
    Refusal(.unsupportedMediaType, Message("detail", "Unsupported media type \"\(type)\" in request."))
  }

  static func malformed(_ error: JSONSyntaxError) -> Refusal {
    Refusal(.badRequest, Message("detail", "JSON parse error - \(error.message)"))
  }

  static func invalid(_ errors: FieldErrors) -> Refusal {
    Refusal(.badRequest, errors)
  }

  /// BIMData's own form, whose value is a string instead of a list.
  static func alreadyMember(of cloud: String) -> Refusal {
    Refusal(.badRequest, Message("already_exists", "This user is already a member of \(cloud)."))
  }

  private init(reply: Reply) {
    self.reply = reply
  }
}

/// An object with one member, whose value is a string.
private struct Message: JSONWritable {
  let name: String
  let text: String

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  func write(to writer: inout JSONWriter) {
    writer.object { $0.field(named: name, text) }
  }
}

extension HTTPResponse.Status {
  /// 402, which the package lacks.
  static let paymentRequired = HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required")
}
