/// Text for where no frame makes it harmless: lines on standard error, in logs and in files.
public enum PlainText {
  /// Without control characters and those that reorder or hide text: each becomes U+FFFD.
  public static func harmless(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
