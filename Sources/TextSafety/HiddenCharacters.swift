/// The characters of a text that are not visible as such, so that the text is not what it seems: controls, and
/// characters that reorder text, have no width or show nothing. On the screen each is replaced by a sign or U+FFFD.
///
/// Not hidden are joiners and selectors that only shape an emoji or an ideograph, and a non-joiner between two Arabic
/// letters, as Persian uses it.
public struct HiddenCharacters: Hashable, Sendable {
  /// The hidden characters in text order, without duplicates.
  public let scalars: [Unicode.Scalar]

  public init(in text: String) {
    var found: [Unicode.Scalar] = []
    Self.scan(text) { scalar, isHidden in
      if isHidden, !found.contains(scalar) { found.append(scalar) }
      return true
    }
    scalars = found
  }

  /// Whether a text has hidden characters. ASCII text needs only one pass over its bytes.
  public static func are(in text: String) -> Bool {
    var isFound = false
    scan(text) { _, isHidden in
      isFound = isHidden
      return !isFound
    }
    return isFound
  }

  /// The text with U+FFFD in place of each hidden character, except those to keep.
  public static func replaced(in text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
    var scalars: String.UnicodeScalarView?
    scan(text) { scalar, isHidden in
      scalars = scalars ?? String.UnicodeScalarView()
      scalars?.append(isHidden && !kept.contains(scalar) ? "\u{FFFD}" : scalar)
      return true
    }
    return scalars.map { String($0) } ?? text
  }

  /// The names of the characters: `U+202E RIGHT-TO-LEFT OVERRIDE`.
  public var names: [String] {
    scalars.map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      let other = scalar.properties.generalCategory == .unassigned ? "UNASSIGNED" : "CONTROL CHARACTER"
      return "\(code) \(scalar.properties.name ?? Self.controlNames[scalar.value] ?? other)"
    }
  }

  /// Names of common controls: Unicode gives controls only aliases (NameAliases.txt).
  private static let controlNames: [UInt32: String] = [
    0x00: "NULL", 0x07: "BELL", 0x08: "BACKSPACE", 0x09: "TABULATION", 0x0A: "LINE FEED", 0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN", 0x1B: "ESCAPE", 0x7F: "DELETE", 0x85: "NEXT LINE", 0x9B: "CONTROL SEQUENCE INTRODUCER",
    0x9D: "OPERATING SYSTEM COMMAND",
  ]

  /// If the text has harmful scalars, passes all its scalars to `take`, each with whether it is hidden, until that
  /// returns `false`.
  private static func scan(_ text: String, _ take: (Unicode.Scalar, _ isHidden: Bool) -> Bool) {
    // Most text has none: a check of the bytes or scalars avoids splitting it into characters.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) || !text.unicodeScalars.contains(where: \.isHarmful) { return }
    for (place, character) in zip(text.indices, text) {
      let scalars = character.unicodeScalars
      guard let base = scalars.first else { continue }
      for (index, scalar) in scalars.enumerated() {
        var isHidden = scalar.isHarmful
        if isHidden, index > 0 {
          let shapes = scalar.belongsToEmoji(startingWith: base) || scalar.choosesGlyph(of: base)
          let parts = index == scalars.count - 1 && scalar.parts(base)
          isHidden = !shapes && !(parts && text[text.index(after: place)...].startsWithArabicLetter)
        }
        guard take(scalar, isHidden) else { return }
      }
    }
  }
}

extension Substring {
  fileprivate var startsWithArabicLetter: Bool { unicodeScalars.first?.isArabicLetter ?? false }
}
