extension Unicode.Scalar {
  /// Whether the scalar may control a terminal, reorder text or hide it: controls, formats, line and paragraph
  /// separators, and default-ignorable and unassigned code points, which show nothing. This is the only definition, for
  /// cells, tables, JSON, logs and messages.
  public var isHarmful: Bool {
    switch value {
    case ..<0x300: return value < 0x20 || 0x7F..<0xA0 ~= value || value == 0xAD
    // Checked first, for speed: arrows, lines, blocks and shapes, which every frame has; kana, ideographs and Hangul,
    // the most frequent non-Latin text of long lists.
    case 0x2190...0x2426, 0x2460...0x25FF, 0x3041...0x3096, 0x30A0...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3:
      return false
    default: break
    }
    if properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return true
    default: return false
    }
  }

  /// Whether the scalar only modifies the emoji that begins with `base`: a joiner, skin tone, variation selector or
  /// keycap.
  public func belongsToEmoji(startingWith base: Unicode.Scalar) -> Bool {
    guard base.properties.isEmoji else { return false }
    switch value {
    case 0x200D, 0x1F3FB...0x1F3FF: return base.value >= 0x80
    case 0xFE0E, 0xFE0F, 0x20E3: return true
    default: return false
    }
  }

  /// Whether the scalar is a non-joiner after an Arabic letter, which it keeps from joining the next one.
  public func parts(_ base: Unicode.Scalar) -> Bool {
    value == 0x200C && base.isArabicLetter
  }

  var isArabicLetter: Bool {
    switch value {
    case 0x620...0x64A, 0x66E...0x6D3, 0x6D5, 0x6FA...0x6FC, 0x750...0x77F: true
    default: false
    }
  }

  /// Whether the scalar selects a variant of an ideograph. Elsewhere a variation selector only hides data.
  public func choosesGlyph(of base: Unicode.Scalar) -> Bool {
    base.properties.isIdeographic && (0xFE00...0xFE0F ~= value || 0xE0100...0xE01EF ~= value)
  }
}
