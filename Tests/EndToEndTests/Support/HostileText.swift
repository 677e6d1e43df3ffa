import TestSupport

/// Text with harmful pieces in random order, the same for the same seed.
struct HostileText {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private static let pieces: [String] =
    (0..<0x20).map { String(Unicode.Scalar(UInt8($0))) } + (0x7F..<0xA1).map { String(Unicode.Scalar(UInt8($0))) }
    + [
      "\u{1B}[7777;3H", "\u{1B}[2J", "\u{1B}[38;5;201m", "\u{1B}[?1337h", "\u{1B}]0;pwned\u{7}",
      "\u{1B}]52;c;cHduZWQ=\u{7}",
      "\u{1B}]8;;http://pwned.example\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}(0lqqk\u{1B}(B", "\u{1B}c", "\u{1B}#8",
      "\u{9B}7777;3H", "\u{9D}0;pwned\u{9C}", "\u{90}q\u{9C}", "\r\n", "\u{202E}gpj", "\u{2066}x\u{2069}", "\u{202A}",
      "\u{200B}", "\u{200D}", "\u{200E}\u{200F}", "\u{FEFF}", "\u{AD}", "\u{61C}", "\u{2028}", "\u{2060}", "\u{E0041}",
      "\u{FFF9}", "\u{FFFE}", "\u{E000}", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "\u{301}", "東京", "👨‍👩‍👧", "🇫🇷",
      "👍🏽", "שלום", "ا", "क्षि", "x", "plain ", "\"", "\\", "//", "'",
    ]

  /// A text of so many pieces.
  mutating func text(pieces count: Int) -> String {
    var text = ""
    for _ in 0..<count { text += Self.pieces[random.number(below: Self.pieces.count)] }
    return text
  }
}

extension String {
  /// The text as JSON, with only the necessary escapes.
  var json: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
