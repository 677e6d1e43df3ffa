/// A key or token. It prints as `•••` wherever it is printed, dumped or reflected; `revealed` is the only way to its
/// text.
public struct Secret: Hashable, Sendable {
  /// The text itself, for the request that needs it and for nothing else.
  public let revealed: String

  /// - Parameter text: the key; surrounding white space, which files and pasted keys end with, is no part of it.
  public init(_ text: String) {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    revealed = String(text)
  }

  public var isEmpty: Bool { revealed.isEmpty }

  /// What stands for every secret in anything that is shown or written.
  static let mask = "•••"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { Self.mask }
  public var debugDescription: String { Self.mask }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
