import CloudAPI

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
