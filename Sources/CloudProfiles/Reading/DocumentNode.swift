// Only this file uses the YAML library.
internal import Yams

/// A node of a YAML document, and its position. Two nodes are equal if their contents are, wherever they are.
struct DocumentNode {
  /// A key of a mapping and its value.
  struct Entry: Equatable {
    let key: String
    let position: TextPosition
    let value: DocumentNode

    static func == (one: Entry, other: Entry) -> Bool {
      one.key == other.key && one.value == other.value
    }
  }

  enum Content: Equatable {
    /// An empty value, `~` or `null`.
    case null
    /// - isQuoted: whether it is certainly text, such as `"true"`.
    case scalar(String, isQuoted: Bool)
    case sequence([DocumentNode])
    case mapping([Entry])
  }

  let content: Content
  let position: TextPosition

  /// The entries of a mapping; empty for anything else.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  subscript(key: String) -> Entry? {
    entries.first { $0.key == key }
  }

  /// The kind of node, for messages.
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

extension DocumentNode {
  /// Why a text isn't YAML.
  struct SyntaxError: Error {
    let message: String
    let position: TextPosition
  }

  /// A larger document isn't a configuration: nested aliases turn a few lines into millions of nodes.
  private static let mostNodes = 100_000

  /// Parses a document; an empty one is null.
  init(yaml text: String) throws(SyntaxError) {
    let root: Yams.Node?
    do {
      // Without the resolver's rules: text is parsed as a number only where one is expected, and the rules' regular
      // expressions would take a millisecond at each start.
      root = try Yams.compose(yaml: text, .basic)
    } catch {
      throw SyntaxError(error)
    }
    guard let root else {
      self.init(content: .null, position: .start)
      return
    }
    var budget = Self.mostNodes
    try self.init(root, budget: &budget)
  }

  private init(_ node: Yams.Node, budget: inout Int) throws(SyntaxError) {
    let position = node.mark.map { TextPosition(line: $0.line, column: $0.column) } ?? .start
    budget -= 1
    guard budget > 0 else { throw SyntaxError(message: "the configuration is too large", position: position) }
    let content: Content
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain
      let isNull = !isQuoted && ["", "~", "null"].contains(scalar.string)
      content = isNull ? .null : .scalar(scalar.string, isQuoted: isQuoted)
    case .sequence(let sequence):
      var nodes: [DocumentNode] = []
      for element in sequence { nodes.append(try DocumentNode(element, budget: &budget)) }
      content = .sequence(nodes)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        entries.append(try Entry(key, value, after: entries, budget: &budget))
      }
      content = .mapping(entries)
    case .alias:
      throw SyntaxError(message: "this alias has no anchor", position: position)
    }
    self.init(content: content, position: position)
  }
}

extension DocumentNode.Entry {
  fileprivate init(
    _ key: Yams.Node, _ value: Yams.Node, after others: [DocumentNode.Entry], budget: inout Int
  ) throws(DocumentNode.SyntaxError) {
    let position = key.mark.map { TextPosition(line: $0.line, column: $0.column) } ?? .start
    guard case .scalar(let scalar) = key else {
      throw DocumentNode.SyntaxError(message: "a name is expected here, as in “name: value”", position: position)
    }
    guard !others.contains(where: { $0.key == scalar.string }) else {
      throw DocumentNode.SyntaxError(message: "“\(scalar.string)” is set a second time here", position: position)
    }
    self.init(key: scalar.string, position: position, value: try DocumentNode(value, budget: &budget))
  }
}

extension DocumentNode.SyntaxError {
  fileprivate init(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // The library's own description, without the document's text, which may hold a key.
      message = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
      position = TextPosition(line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let keys, let context):
      message = "“\(keys.first ?? "")” is set here and once more below"
      position = TextPosition(line: context.mark.line, column: context.mark.column)
    case .reader(let problem, let offset, _, let text):
      message = problem
      position = TextPosition(offset: offset ?? 0, in: text)
    default:
      message = "this can't be read as YAML"
      position = .start
    }
  }
}

extension TextPosition {
  /// - Parameter offset: in characters.
  fileprivate init(offset: Int, in text: String) {
    let lines = text.prefix(offset).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.init(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }
}
