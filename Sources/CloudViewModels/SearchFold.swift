/// Folds text for searching and sorting: lower case, Latin letters without their marks.
///
/// One character always becomes one character, so that a match in the folded text is at the same place in the text.
public enum SearchFold {
  public static func fold(_ text: String) -> String {
    if let folded = foldASCII(text) { return folded }
    var bytes: [UInt8] = []
    var text = text
    let isFolded = text.withUTF8 { appendSimple($0, to: &bytes) }
    return isFolded ? String(decoding: bytes, as: UTF8.self) : String(text.map(fold))
  }

  /// Appends the folded text in UTF-8.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    let start = bytes.count
    let isFolded = text.withUTF8 { text in
      // Whole runs at once; most text is ASCII.
      guard text.reduce(0, |) >= 0x80 else {
        bytes.append(contentsOf: text)
        bytes.withUnsafeMutableBufferPointer { bytes in
          // Written in any case, which goes for many bytes at once.
          for index in start..<bytes.count { bytes[index] |= bytes[index] &- 0x41 < 26 ? 0x20 : 0 }
        }
        return true
      }
      return appendSimple(text, to: &bytes)
    }
    guard !isFolded else { return }
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: fold(text).utf8)
  }

  /// Text in which each scalar is a character by itself, and is folded to one of up to two bytes or stays as it is: most
  /// names, in most scripts.
  private static func appendSimple(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
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
        if folded >= 0x80 { bytes.append(UInt8(0xC0 | folded >> 6)) }
        bytes.append(UInt8(folded < 0x80 ? folded : 0x80 | folded & 0x3F))
      }
      index += length
    }
    return true
  }

  /// Kana, Chinese and Korean characters.
  private static func isCaseless(_ scalar: Int) -> Bool {
    switch scalar {
    case 0x3041...0x3096, 0x30A0...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3: true
    default: false
    }
  }

  private static func simpleFold(of scalar: Int) -> UInt16? {
    let folded: UInt16 =
      switch scalar {
      case 0..<alphabets: simpleFolds[scalar]
      case vietnamese..<(vietnamese + 0x100): simpleFolds[alphabets + scalar - vietnamese]
      default: 0
      }
    return folded == 0 ? nil : folded
  }

  /// Behind Latin, Greek and Cyrillic.
  private static let alphabets = 0x530
  /// Latin Extended Additional.
  private static let vietnamese = 0x1E00

  /// What becomes of the scalars of these blocks; 0 where that isn't one scalar of up to two bytes, and for marks, which
  /// combine with the character before.
  private static let simpleFolds: [UInt16] =
    (Array(0..<alphabets) + Array(vietnamese..<(vietnamese + 0x100))).map { number in
      guard number >= 0x80, let scalar = Unicode.Scalar(number), !scalar.properties.isGraphemeExtend else { return 0 }
      let folded = fold(Character(scalar)).unicodeScalars
      guard folded.count == 1, let first = folded.first, first.value < 0x800 else { return 0 }
      return UInt16(first.value)
    }

  public static func fold(_ character: Character) -> Character {
    if let ascii = character.asciiValue {
      let isUpper = ascii >= 0x41 && ascii <= 0x5A
      return isUpper ? Character(Unicode.Scalar(ascii | 0x20)) : character
    }
    let lower = Character(lowering: character)
    guard let scalar = lower.unicodeScalars.first else { return lower }
    if let plain = latin[scalar] { return plain }
    // A base letter with combining marks: the base says it.
    return lower.unicodeScalars.count > 1 && scalar.properties.isAlphabetic ? Character(scalar) : lower
  }

  private static func foldASCII(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes -> String? in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return String(unsafeUninitializedCapacity: bytes.count) { buffer in
        for (index, byte) in bytes.enumerated() {
          buffer[index] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        }
        return bytes.count
      }
    }
  }

  /// Lower-case letters of the Latin-1, Latin Extended-A and Vietnamese blocks by their plain letter.
  private static let latin: [Unicode.Scalar: Character] = {
    let families: [Character: String] = [
      "a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặæ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęěẹẻẽếềểễệ", "g": "ĝğġģ", "h": "ĥħ",
      "i": "ìíîïĩīĭįıỉị", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ", "o": "òóôõöøōŏőơọỏốồổỗộớờởỡợœ",
      "r": "ŕŗř", "s": "śŝşšșß", "t": "ţťŧțþ", "u": "ùúûüũūŭůűųưụủứừửữự", "w": "ŵ", "y": "ýÿŷỳỵỷỹ", "z": "źżž",
    ]
    var table: [Unicode.Scalar: Character] = [:]
    for (plain, letters) in families {
      for scalar in letters.unicodeScalars { table[scalar] = plain }
    }
    return table
  }()
}

extension Character {
  /// The character in lower case, itself where that would be more than one character.
  fileprivate init(lowering character: Character) {
    let lower = character.lowercased()
    self = lower.count == 1 ? lower[lower.startIndex] : character
  }
}
