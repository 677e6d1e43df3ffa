import TextSafety

/// How much of a service's text is kept. The API's longest texts have 512 characters of up to four bytes, so nothing
/// that the API can hold is cut.
enum TextLimit {
  /// In bytes of UTF-8.
  static let text = 4_096
  /// In bytes. A longer id is refused, because a part of it would be another record's id.
  static let id = 256
}

extension String {
  func prefix(scalars count: Int) -> String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }

  /// The text cut to so many bytes, without half a scalar at the end: a single character can hold a million scalars.
  /// The limit doesn't include the ellipsis.
  package func cut(toBytes limit: Int) -> String {
    var text = self
    let kept: String? = text.withUTF8 { bytes in
      guard bytes.count > limit else { return nil }
      var end = limit
      while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      return String(decoding: bytes[..<end], as: UTF8.self) + "…"
    }
    return kept ?? self
  }
}

/// Text for output that no frame makes harmless: lines on standard error, in logs and in files.
public enum PlainText {
  /// The text without control characters and characters that reorder or hide text: each becomes U+FFFD.
  ///
  /// - Parameter kept: those that are data at the text's destination.
  public static func harmless(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
    HiddenCharacters.replaced(in: text, keeping: kept)
  }
}
