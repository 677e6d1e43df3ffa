import CloudChanges

/// A record edited as JSON in the user's own editor and sent back as a whole.
@MainActor
public final class DocumentEditModel {
  /// The outcome of an edited document.
  public enum Outcome: Hashable, Sendable {
    /// Nothing was changed, so nothing was sent.
    case unchanged
    case saved(String)
    /// The document can't be sent or was refused: the editor opens again with this message.
    case invalid(String)
    /// The record changed meanwhile and nothing was sent; with the current document and the edited one.
    case changedMeanwhile(now: String, edited: String)
    /// Another failure; with the edited document.
    case failed(String, edited: String)
    /// The outcome is unknown until the record is read again.
    case unknown(UnresolvedChange)

    /// Whether the edited text no longer has to be kept.
    public var isSettled: Bool {
      switch self {
      case .unchanged, .saved: true
      case .invalid, .changedMeanwhile, .failed, .unknown: false
      }
    }
  }

  /// The title of the editor: `cloud Haussmann Tower`.
  public let title: String
  private let open: @MainActor () async -> Opening
  private let put: @MainActor (String) async -> Outcome

  /// The text that the editor opens with, or why it can't be opened.
  public enum Opening: Hashable, Sendable {
    case text(String)
    case failed(String)
  }

  public init(
    title: String, open: @escaping @MainActor () async -> Opening, put: @escaping @MainActor (String) async -> Outcome
  ) {
    self.title = title
    self.open = open
    self.put = put
  }

  /// Reads the record again and makes the document from it.
  public func begin() async -> Opening {
    await open()
  }

  /// Sends the document as the editor saved it.
  public func finish(_ text: String) async -> Outcome {
    await put(text)
  }

  /// The document with a message on top as comments, replacing an earlier one.
  public static func document(_ text: String, with message: String) -> String {
    message.split(separator: "\n").map { "\(errorMark)\($0)\n" }.joined() + withoutMessage(text)
  }

  /// The document without the message on top, as the user wrote it.
  public static func withoutMessage(_ text: String) -> String {
    lines(of: text).drop { $0.hasPrefix(errorMark) }.joined(separator: "\n")
  }

  /// Asks for words that confirm a document, as a comment in it.
  static func request(for words: String) -> String {
    "To send it all the same, write this on a line of its own:\n// \(words)"
  }

  /// Whether a comment of the document consists of these words.
  static func holds(_ words: String, _ text: String) -> Bool {
    lines(of: text).contains { line in
      let line = String(line).trimmingBlanks()
      return line.hasPrefix("//") && line.dropFirst(2).drop { $0 == " " } == words
    }
  }

  /// The document without comment lines, for comparison by the user.
  public static func fields(of text: String) -> String {
    lines(of: text).filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
  }

  /// Splits text into lines; some editors end them with CR LF.
  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  private static let errorMark = "//! "
}
