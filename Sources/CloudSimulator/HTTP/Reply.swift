import HTTPTypes

/// An answer before it is written: what an operation returns, quickly, while it holds the state.
struct Reply: Sendable {
  enum Content: Sendable {
    case nothing
    case json(any JSONWritable)
    /// Text of the type that the fields name.
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
