/// A piece of a YAML document, and where it stands. Two are equal when they say the same, wherever they stand.
struct DocumentNode {
  /// A key of a mapping with its value.
  struct Entry: Equatable {
    let key: String
    let position: TextPosition
    let value: DocumentNode

    static func == (one: Entry, other: Entry) -> Bool {
      one.key == other.key && one.value == other.value
    }
  }

  enum Content: Equatable {
    /// Nothing, `~` or `null`.
    case null
    /// - isQuoted: whether it is text for certain, such as `"true"`.
    case scalar(String, isQuoted: Bool)
    case sequence([DocumentNode])
    case mapping([Entry])
  }

  let content: Content
  let position: TextPosition

  /// The entries of a mapping, of which nothing has none.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  subscript(key: String) -> Entry? {
    entries.first { $0.key == key }
  }

  /// What it is, for messages.
  var kind: String {
    switch content {
    case .null: "nothing"
    case .scalar: "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping of names to values"
    }
  }
}

extension DocumentNode: Equatable {
  static func == (one: DocumentNode, other: DocumentNode) -> Bool {
    one.content == other.content
  }
}
