/// Text of others, in messages that go to a terminal.
enum HarmlessText {
  /// `text` with a mark for each character that controls, reorders or hides text. Ends of lines stay.
  static func lines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isHarmful($0) ? "\u{FFFD}" : $0 }))
  }

  /// Whether a single line of text can be shown as it is.
  static func isPlain(_ text: String) -> Bool {
    !text.unicodeScalars.contains { isHarmful($0) || $0 == "\n" }
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n"
    case .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
