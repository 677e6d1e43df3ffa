/// Folds text for searching and sorting, so that typed text matches written text: to lower case, with one form of
/// hyphen, apostrophe and blank, and without the marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters. Vowel
/// signs of other scripts stay: without them it would be another word.
public enum SearchFold {
  public static func fold(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the folded text in UTF-8.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    let start = bytes.count
    let isFolded = text.withUTF8 { text in
      // ASCII, as most text is, is folded as a whole.
      guard text.reduce(0, |) >= 0x80 else {
        bytes.append(contentsOf: text)
        bytes.withUnsafeMutableBufferPointer { bytes in
          // Every byte is assigned, changed or not, so that the compiler can vectorize the loop.
          for index in start..<bytes.count { bytes[index] |= bytes[index] &- 0x41 < 26 ? 0x20 : 0 }
        }
        return true
      }
      return appendSimple(text, to: &bytes)
    }
    guard !isFolded else { return }
    bytes.removeSubrange(start...)
    appendComposed(text, to: &bytes)
  }

  /// Folds text after Unicode composition (NFC), so that every spelling of a syllable gives the same result.
  private static func appendComposed(_ text: String, to bytes: inout [UInt8]) {
    for scalar in String(decoding: text._nfcCodeUnits, as: UTF8.self).unicodeScalars { append(scalar, to: &bytes) }
  }

  /// Folds one scalar, regardless of its neighbours.
  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    if scalar.value < 0x80 {
      bytes.append(UInt8(scalar.value) | (scalar.value &- 0x41 < 26 ? 0x20 : 0))
    } else if let folded = letters[scalar] ?? sign(scalar) {
      bytes.append(contentsOf: folded.utf8)
    } else if !isMark(scalar.value) {
      for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isMark(lower.value) {
        bytes.append(contentsOf: (letters[lower] ?? String(lower)).utf8)
      }
    }
  }

  /// The ASCII form of a punctuation mark, blank or full-width character, as keyboards have it; `nil` for other scalars.
  private static func sign(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x2018, 0x2019, 0x201B, 0x2039, 0x203A, 0x2032, 0x02B9, 0x02BB, 0x02BC, 0x00B4, 0x05F3: return "'"
    case 0x201C...0x201F, 0x00AB, 0x00BB, 0x2033, 0x05F4: return "\""
    case 0x2212, 0x2043: return "-"
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { fold(String($0)) }
    default: break
    }
    switch scalar.properties.generalCategory {
    case .dashPunctuation: return "-"
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return " "
    case .control: return scalar.properties.isWhitespace ? " " : nil
    default: return nil
    }
  }

  /// Whether a scalar is a Latin, Greek, Cyrillic, Hebrew or Arabic mark, a mark for any character, or invisible.
  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0300...0x036F, 0x0483...0x0489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0x2DE0...0x2DFF,
      0xA66F...0xA672, 0xA674...0xA67D, 0xA69E...0xA69F, 0xFE20...0xFE2F:
      true
    case 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5, 0x05C7, 0xFB1E: true
    case 0x0610...0x061A, 0x0640, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x06DF...0x06E4, 0x06E7...0x06E8,
      0x06EA...0x06ED, 0x0898...0x089F, 0x08CA...0x08E1, 0x08E3...0x08FF:
      true
    // Soft hyphen, zero-width blanks, direction marks and variation selectors; the joiner of emoji (200D) is kept.
    case 0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F,
      0xFEFF:
      true
    default: false
    }
  }

  private static let letters: [Unicode.Scalar: String] = {
    var letters: [Unicode.Scalar: String] = [:]
    for (plain, family) in families {
      for letter in family.unicodeScalars { letters[letter] = plain }
    }
    return letters
  }()

  // MARK: Fast path

  /// Folds text by looking up each scalar in a table; `false` if a scalar is not covered. Most names, in most scripts,
  /// are.
  private static func appendSimple(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        index += 1
        continue
      }
      let length = byte < 0xE0 ? 2 : 3
      guard byte < 0xF0, index + length <= text.count else { return false }
      var scalar = Int(byte) & (length == 2 ? 0x1F : 0x0F)
      for next in text[(index + 1)..<(index + length)] { scalar = scalar << 6 | Int(next & 0x3F) }
      if isCaseless(scalar) {
        bytes.append(contentsOf: text[index..<(index + length)])
      } else {
        guard let folded = simpleFold(of: scalar) else { return false }
        folded.append(to: &bytes)
      }
      index += length
    }
    return true
  }

  /// Whether a scalar is a Kana, Chinese or Korean character, which folding doesn't change.
  private static func isCaseless(_ scalar: Int) -> Bool {
    switch scalar {
    case 0x3041...0x3096, 0x30A1...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3: true
    default: false
    }
  }

  private static func simpleFold(of scalar: Int) -> PackedFold? {
    switch scalar {
    case 0..<alphabets: simpleFolds[scalar]
    case further..<furtherEnd: simpleFolds[alphabets + scalar - further]
    default: nil
    }
  }

  /// The end of Latin, Greek and Cyrillic.
  private static let alphabets = 0x530
  /// Vietnamese letters, Greek letters with all marks, and punctuation.
  private static let (further, furtherEnd) = (0x1E00, 0x2070)

  private static let simpleFolds: [PackedFold] =
    (Array(0..<alphabets) + Array(further..<furtherEnd)).map { number in
      var folded: [UInt8] = []
      if let scalar = Unicode.Scalar(number) { appendComposed(String(scalar), to: &folded) }
      return PackedFold(folded)
    }
}

/// Up to three bytes, packed with their count into four.
private struct PackedFold {
  private var bits: UInt32

  init(_ bytes: [UInt8]) {
    bits = UInt32(bytes.count)
    for (index, byte) in bytes.enumerated() { bits |= UInt32(byte) << UInt32(8 * (index + 1)) }
  }

  func append(to bytes: inout [UInt8]) {
    var rest = bits >> 8
    for _ in 0..<(bits & 0xFF) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}

extension SearchFold {
  /// Maps folded text to the lower-case letters that fold to it: every letter of Latin, Greek, Cyrillic, Hebrew and
  /// Arabic that Unicode 14 decomposes into a letter and marks, and those that people type as one or two other letters
  /// (`ø`, `œ`, `ß`, `ς`, `ﬁ`).
  static let families: [String: String] = [
    "a": "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặª", "b": "ḃḅḇ", "c": "çćĉċčḉ", "d": "ďḋḍḏḑḓđð",
    "e": "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "f": "ḟ", "g": "ĝğġģǧǵḡǥ", "h": "ĥȟḣḥḧḩḫẖħ", "i": "ìíîïĩīĭįİǐȉȋḭḯỉịı",
    "j": "ĵǰ", "k": "ķǩḱḳḵ", "l": "ĺļľḷḹḻḽłŀ", "m": "ḿṁṃ", "n": "ñńņňǹṅṇṉṋ",
    "o": "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợǿøº", "p": "ṕṗ", "r": "ŕŗřȑȓṙṛṝṟ", "s": "śŝşšșṡṣṥṧṩẛſ", "t": "ţťțṫṭṯṱẗŧ",
    "u": "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "v": "ṽṿ", "w": "ŵẁẃẅẇẉẘ", "x": "ẋẍ", "y": "ýÿŷȳẏẙỳỵỷỹ", "z": "źżžẑẓẕ",
    "ʒ": "ǯ", "α": "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ", "β": "ϐ", "ε": "έἐἑἒἓἔἕὲέϵ", "η": "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ",
    "θ": "ϑ", "ι": "ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ", "κ": "ϰ", "μ": "µ", "ο": "όὀὁὂὃὄὅὸό", "π": "ϖ", "ρ": "ῤῥϱ", "σ": "ςϲ",
    "υ": "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ", "φ": "ϕ", "ω": "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ", "а": "ӑӓ", "г": "ѓ", "е": "ѐёӗ", "ж": "ӂӝ",
    "з": "ӟ", "и": "йѝӣӥ", "к": "ќ", "о": "ӧ", "у": "ўӯӱӳ", "ч": "ӵ", "ы": "ӹ", "э": "ӭ", "і": "ї", "ѵ": "ѷ",
    "ә": "ӛ", "ө": "ӫ", "\u{5D0}": "\u{FB2E}\u{FB2F}\u{FB30}", "\u{5D1}": "\u{FB31}\u{FB4C}", "\u{5D2}": "\u{FB32}",
    "\u{5D3}": "\u{FB33}", "\u{5D4}": "\u{FB34}", "\u{5D5}": "\u{FB35}\u{FB4B}", "\u{5D6}": "\u{FB36}",
    "\u{5D8}": "\u{FB38}", "\u{5D9}": "\u{FB1D}\u{FB39}", "\u{5DA}": "\u{FB3A}", "\u{5DB}": "\u{FB3B}\u{FB4D}",
    "\u{5DC}": "\u{FB3C}", "\u{5DE}": "\u{FB3E}", "\u{5E0}": "\u{FB40}", "\u{5E1}": "\u{FB41}", "\u{5E3}": "\u{FB43}",
    "\u{5E4}": "\u{FB44}\u{FB4E}", "\u{5E6}": "\u{FB46}", "\u{5E7}": "\u{FB47}", "\u{5E8}": "\u{FB48}",
    "\u{5E9}": "\u{FB2A}\u{FB2B}\u{FB2C}\u{FB2D}\u{FB49}", "\u{5EA}": "\u{FB4A}", "\u{5F2}": "\u{FB1F}",
    "\u{627}": "\u{622}\u{623}\u{625}", "\u{648}": "\u{624}", "\u{64A}": "\u{626}", "\u{6C1}": "\u{6C2}",
    "\u{6D2}": "\u{6D3}", "\u{6D5}": "\u{6C0}",
    "'n": "ŉ", "ae": "æǣǽ", "dz": "ǆǳ", "ff": "ﬀ", "ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ij": "ĳ", "lj": "ǉ",
    "nj": "ǌ", "oe": "œ", "ss": "ß", "st": "ﬅﬆ", "th": "þ",
  ]
}
