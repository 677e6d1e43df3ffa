import TextSafety

/// Text for where no frame makes it harmless: lines on standard error, in logs and in files.
public enum PlainText {
  /// Without controls and characters that reorder or hide text: each becomes U+FFFD.
  ///
  /// - Parameter kept: those that are data where the text goes.
  public static func harmless(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
    HiddenCharacters.replaced(in: text, keeping: kept)
  }
}
