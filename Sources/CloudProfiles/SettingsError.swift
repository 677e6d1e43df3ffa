import CloudAPI

/// What is wrong with the settings, and what to do about it.
public struct SettingsError: Error, Hashable, Sendable {
  /// What a program may do about it other than showing the message.
  public enum Kind: Hashable, Sendable {
    /// Nothing says which service to use: a first run.
    case nothingSet
    /// Something is set, and it can't be used.
    case unusable
  }

  /// With what a program ends that can't use its settings (`EX_CONFIG` of sysexits.h).
  public static let exitStatus: Int32 = 78

  /// One or more lines for a person. It holds no secret, and no control characters but the ends of its lines.
  public let message: String
  public let kind: Kind

  /// The message in one line, as commands of the shell report it.
  public var line: String {
    message.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: " ").joined(separator: " ")
    }.joined(separator: " ")
  }

  public init(_ message: String, kind: Kind = .unusable) {
    self.message = HarmlessText.lines(message)
    self.kind = kind
  }

  /// An error at a place of a file.
  init(_ message: String, at position: TextPosition, of path: String) {
    self.init("\(path), \(position): \(message)")
  }
}

extension SettingsError: CustomStringConvertible {
  public var description: String { message }
}

/// A place in a file.
public struct TextPosition: Hashable, Sendable {
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int

  static let start = TextPosition(line: 1, column: 1)

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension TextPosition: CustomStringConvertible {
  public var description: String { "line \(line), column \(column)" }
}

/// Text of others, in messages that go to a terminal.
enum HarmlessText {
  /// `text` with a mark for each character that controls, reorders or hides text. Ends of lines stay.
  static func lines(_ text: String) -> String {
    PlainText.harmless(text, keeping: ["\n"])
  }

  /// Whether a single line of text can be shown as it is.
  static func isPlain(_ text: String) -> Bool {
    PlainText.harmless(text) == text
  }
}
