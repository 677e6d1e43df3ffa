import CloudChanges

/// A record edited as JSON in the person's own editor and put back whole.
@MainActor
public final class DocumentEditModel {
  /// What became of a document that came back from the editor.
  public enum Outcome: Hashable, Sendable {
    /// Nothing was changed, so nothing was sent.
    case unchanged
    case saved(String)
    /// It can't be sent or was refused: back to the editor with this message.
    case invalid(String)
    /// The record changed meanwhile: nothing was sent; what it is now, and what the person wrote.
    case changedMeanwhile(now: String, edited: String)
    /// Something else went wrong; what was written is handed back.
    case failed(String, edited: String)
    /// Nobody knows, until it is read again.
    case unknown(UnresolvedChange)

    /// Whether nothing that was written is left to keep.
    public var isSettled: Bool {
      switch self {
      case .unchanged, .saved: true
      case .invalid, .changedMeanwhile, .failed, .unknown: false
      }
    }
  }

  /// What is edited: `cloud Haussmann Tower`.
  public let title: String
  private let open: @MainActor () async -> Opening
  private let put: @MainActor (String) async -> Outcome

  /// What the editor begins with, or why it can't.
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

  /// Reads the record again and makes the document of it.
  public func begin() async -> Opening {
    await open()
  }

  /// Takes the document as it was saved.
  public func finish(_ text: String) async -> Outcome {
    await put(text)
  }

  /// The document with a message on top, in comments, in place of an earlier one.
  public static func document(_ text: String, with message: String) -> String {
    message.split(separator: "\n").map { "\(errorMark)\($0)\n" }.joined() + withoutMessage(text)
  }

  /// The document without the message on top: what the person wrote.
  public static func withoutMessage(_ text: String) -> String {
    lines(of: text).drop { $0.hasPrefix(errorMark) }.joined(separator: "\n")
  }

  /// The fields alone, without comments, for a person to compare.
  public static func fields(of text: String) -> String {
    lines(of: text).filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
  }

  /// Some editors end lines with a carriage return as well.
  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  private static let errorMark = "//! "
}
