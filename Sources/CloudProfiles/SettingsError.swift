import CloudAPI

/// What is wrong with the settings, and what to do about it.
public struct SettingsError: Error, Hashable, Sendable {
  /// How a program may handle it, other than showing the message.
  public enum Kind: Hashable, Sendable {
    /// Nothing names a service: a first run.
    case nothingSet
    /// A setting can't be used.
    case unusable
  }

  /// The exit status of a program that can't use its settings (`EX_CONFIG` of sysexits.h).
  public static let exitStatus: Int32 = 78

  /// One or more lines for a person. It holds no secret, and no control characters except line feeds.
  public let message: String
  public let kind: Kind

  /// The message in one line, as shell commands report it.
  public var line: String {
    message.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: " ").joined(separator: " ")
    }.joined(separator: " ")
  }

  public init(_ message: String, kind: Kind = .unusable) {
    self.message = HarmlessText.lines(message)
    self.kind = kind
  }

  /// An error at a position in a file.
  init(_ message: String, at position: TextPosition, of path: String) {
    self.init("\(path), \(position): \(message)")
  }
}

extension SettingsError: CustomStringConvertible {
  public var description: String { message }
}

/// A position in a file.
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

/// Makes text from others safe in messages that go to a terminal.
enum HarmlessText {
  /// Replaces each character that controls, reorders or hides text. Line feeds are kept.
  static func lines(_ text: String) -> String {
    PlainText.harmless(text, keeping: ["\n"])
  }

  /// Whether text can be shown as it is, in one line.
  static func isPlain(_ text: String) -> Bool {
    PlainText.harmless(text) == text
  }
}
