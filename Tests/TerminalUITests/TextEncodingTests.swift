import Testing

@testable import TerminalUI

/// Input of terminals in locales with other encodings. The C library converts them, whether such a locale is installed
/// or not.
@Suite struct TextEncodingTests {
  private static let start = ContinuousClock.now

  /// Decodes bytes that were read at once, followed by silence.
  private func decode(_ bytes: [UInt8], in encoding: String) -> [TerminalEvent] {
    var decoder = InputDecoder(encoding: TextEncoding(name: encoding))
    var events = decoder.decode(bytes, at: Self.start)
    while let deadline = decoder.deadline { events += decoder.settle(at: deadline) }
    return events
  }

  private static let letters: [(String, [UInt8], String)] = [
    ("ISO-8859-1", [0xE9], "é"), ("ISO-8859-1", [0xC3, 0xA9], "Ã©"), ("ISO-8859-15", [0xA4], "€"),
    ("KOI8-R", [0xD0, 0x9B], "п⌡"), ("CP1251", [0x9B], "›"), ("ISO-8859-7", [0xE1], "α"),
    ("EUC-JP", [0xC5, 0xEC], "東"), ("GB18030", [0x81, 0x30, 0x84, 0x36], "¥"), ("BIG5", [0xA4, 0x40], "一"),
    ("SHIFT_JIS", [0x93, 0x8C], "東"), ("GBK", [0x96, 0x5B], "朳"),
    ("UTF-8", [0xC3, 0xA9], "é"), ("ANSI_X3.4-1968", [0xC3, 0xA9], "é"),
  ]

  @Test(arguments: letters)
  func bytesAreTheLettersThatTheyAreThere(encoding: String, bytes: [UInt8], text: String) {
    #expect(decode(bytes, in: encoding) == text.map { TerminalEvent.key(.character($0)) })
    let paste = Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8)
    #expect(decode(paste, in: encoding) == [.paste(text)])
    #expect(TextEncoding(name: encoding).decode(bytes).text == text)
  }

  private static let none: [(String, [UInt8])] = [
    ("UTF-8", [0xE9]), ("ANSI_X3.4-1968", [0xE9]), ("EUC-JP", [0xC5]), ("ISO-8859-7", [0xFF]), ("GB18030", [0xFF]),
    ("no such encoding", [0xE9]),
  ]

  @Test(arguments: none)
  func whatIsNoneIsToldAndWhatFollowsStays(encoding: String, bytes: [UInt8]) {
    let events = decode(bytes + Array("\u{1B}[A".utf8), in: encoding)
    #expect(events == [.undecodable(bytes), .key(.up)])
    let (text, invalid) = TextEncoding(name: encoding).decode(bytes)
    #expect(text == "" && invalid == bytes)
  }

  @Test func aCharacterOfSeveralBytesMaySplitAnywhere() {
    var decoder = InputDecoder(encoding: TextEncoding(name: "GB18030"))
    var events: [TerminalEvent] = []
    for (index, byte) in [0x81, 0x30, 0x84, 0x36].enumerated() {
      #expect(events == [])
      events += decoder.decode([UInt8(byte)], at: Self.start + .milliseconds(300 * index))
    }
    #expect(events == [.key(.character("¥"))])
  }

  @Test func keysAndSequencesAreTheSameEverywhere() {
    for encoding in ["ISO-8859-1", "GBK", "SHIFT_JIS", "KOI8-R"] {
      #expect(decode(Array("q\r\u{1B}[3~".utf8), in: encoding) == [.key(.character("q")), .key(.enter), .key(.delete)])
    }
  }

  /// C1 controls introduce sequences only in encodings that have no letters in their places.
  @Test func aControlInOneByteIsNoLetter() {
    #expect(decode([0x9B, 0x41], in: "ISO-8859-1") == [.key(.up)])
    #expect(decode([0x85], in: "ISO-8859-1") == [.unknown([0x85])])
  }
}
