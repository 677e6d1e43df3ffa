import TextSafety

/// How much of a service's text is kept: the API's longest texts have 512 characters of up to four bytes, so that nothing
/// is cut that the API can hold.
enum TextLimit {
  /// In bytes of UTF-8.
  static let text = 4_096
  /// The same of an id; one that is longer is none, for a part of it would be another's.
  static let id = 256
}

extension String {
  func prefix(scalars count: Int) -> String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }

  /// As much of it as fits into so many bytes, without half a scalar at the end: of characters a single one can hold a
  /// million scalars. The mark of what was cut comes on top.
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

/// Text for where no frame makes it harmless: lines on standard error, in logs and in files.
public enum PlainText {
  /// Without controls and characters that reorder or hide text: each becomes U+FFFD.
  ///
  /// - Parameter kept: those that are data where the text goes.
  public static func harmless(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
    HiddenCharacters.replaced(in: text, keeping: kept)
  }
}
