/// Characters of a text that can't be seen as what they are, so that it isn't what it seems to be: controls, characters that
/// reorder text, that have no width, or that show nothing. On the screen each of them is a sign or U+FFFD.
///
/// Joiners and selectors that only shape an emoji or an ideograph hide nothing, nor does a non-joiner between two Arabic
/// letters, as Persian is written.
public struct HiddenCharacters: Hashable, Sendable {
  /// Each once, in the order of the text.
  public let scalars: [Unicode.Scalar]

  public init(in text: String) {
    var found: [Unicode.Scalar] = []
    Self.search(text) { scalar in
      if !found.contains(scalar) { found.append(scalar) }
      return true
    }
    scalars = found
  }

  /// Whether there are any; text in ASCII costs a look at its bytes.
  public static func are(in text: String) -> Bool {
    var isFound = false
    search(text) { _ in
      isFound = true
      return false
    }
    return isFound
  }

  /// What they are called: `U+202E RIGHT-TO-LEFT OVERRIDE`.
  public var names: [String] {
    scalars.map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      return "\(code) \(scalar.properties.name ?? Self.controlNames[scalar.value] ?? "CONTROL CHARACTER")"
    }
  }

  /// Unicode gives controls no names, only aliases (NameAliases.txt). These are those that are met.
  private static let controlNames: [UInt32: String] = [
    0x00: "NULL", 0x07: "BELL", 0x08: "BACKSPACE", 0x09: "TABULATION", 0x0A: "LINE FEED", 0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN", 0x1B: "ESCAPE", 0x7F: "DELETE", 0x85: "NEXT LINE", 0x9B: "CONTROL SEQUENCE INTRODUCER",
    0x9D: "OPERATING SYSTEM COMMAND",
  ]

  /// Hands over one after the other, as long as more are wanted.
  private static func search(_ text: String, _ take: (Unicode.Scalar) -> Bool) {
    // Most text has none, and needn't be taken apart into characters to be sure of it.
    if text.isPrintableASCII || !text.unicodeScalars.contains(where: \.mayHide) { return }
    for (place, character) in zip(text.indices, text) {
      let scalars = character.unicodeScalars
      guard let base = scalars.first else { continue }
      for (index, scalar) in scalars.enumerated() {
        guard scalar.mayHide else { continue }
        if index > 0, scalar.belongsToEmoji(startingWith: base) || scalar.choosesGlyph(of: base) { continue }
        if index == scalars.count - 1, scalar.parts(base), text[text.index(after: place)...].startsWithArabicLetter {
          continue
        }
        guard take(scalar) else { return }
      }
    }
  }
}

extension Substring {
  fileprivate var startsWithArabicLetter: Bool { unicodeScalars.first?.isArabicLetter ?? false }
}

extension Unicode.Scalar {
  fileprivate var mayHide: Bool { value < 0x20 || isInvisible }
}
