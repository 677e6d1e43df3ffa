/// Text for where no frame makes it harmless: lines on standard error, in logs and in files.
public enum PlainText {
  /// Without control characters and those that reorder or hide text: each becomes U+FFFD.
  ///
  /// - Parameter kept: those that are data where the text goes.
  public static func harmless(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
    guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          if kept.contains(scalar) { return scalar }
          return switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
