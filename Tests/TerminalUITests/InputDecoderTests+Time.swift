import TestSupport
import Testing

@testable import TerminalUI

// What the time between two bytes means.
extension InputDecoderTests {
  // MARK: Time

  @Test func aLoneEscapeIsToldAfterFiftyMilliseconds() {
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1B], at: Self.start) == [])
    #expect(decoder.deadline == Self.start + .milliseconds(50))
    #expect(decoder.settle(at: Self.start + .milliseconds(49)) == [])
    #expect(decoder.settle(at: Self.start + .milliseconds(50)) == [.key(.escape)])
    #expect(decoder.deadline == nil)
  }

  @Test func aCharacterAfterEscapeIsAltOnlyWhenItComesAtOnce() {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    #expect(decoder.decode(Array("j".utf8), at: Self.start + .milliseconds(20)) == [.key(.alt(.character("j")))])
    _ = decoder.decode([0x1B], at: Self.start + .seconds(1))
    #expect(
      decoder.decode(Array("j".utf8), at: Self.start + .seconds(1) + .milliseconds(90))
        == [.key(.escape), .key(.character("j"))])
  }

  @Test func aBracketLongAfterEscapeIsACharacter() {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    #expect(decoder.settle(at: Self.start + .milliseconds(50)) == [.key(.escape)])
    #expect(decoder.decode(Array("[".utf8), at: Self.start + .milliseconds(501)) == [.key(.character("["))])
  }

  /// It may start a sequence; if nothing follows, a person typed it.
  @Test(arguments: ["[", "]", "O", "P", "X", "^", "_"] as [Character])
  func anIntroducerSoonAfterEscapeIsACharacterOnceNothingFollows(letter: Character) {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    #expect(decoder.settle(at: Self.start + .milliseconds(50)) == [.key(.escape)])
    #expect(decoder.decode(Array(String(letter).utf8), at: Self.start + .milliseconds(300)) == [])
    #expect(decoder.settle(at: Self.start + .milliseconds(799)) == [])
    #expect(decoder.settle(at: Self.start + .milliseconds(800)) == [.key(.character(letter))])
    #expect(decoder.decode([UInt8(ascii: "j")], at: Self.start + .milliseconds(801)) == [.key(.character("j"))])
    _ = decoder.decode(Array("\u{1B}[".utf8), at: Self.start + .seconds(2))
    #expect(settle(&decoder) == [.key(.alt(.character("[")))])
  }

  @Test func anIntroducerThatBelongsToNobodyAnyMoreIsNoCharacter() {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    _ = decoder.settle(at: Self.start + .milliseconds(50))
    _ = decoder.decode([UInt8(ascii: "P")], at: Self.start + .milliseconds(90))
    decoder.abandon()
    #expect(settle(&decoder) == [.unknown(Array("\u{1B}P".utf8))])
  }

  @Test func aSequenceThatNeverEndsIsGivenUp() {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}[1;".utf8), at: Self.start)
    #expect(decoder.deadline == Self.start + .milliseconds(500))
    #expect(decoder.settle(at: Self.start + .milliseconds(500)) == [.key(.escape), .unknown(Array("\u{1B}[1;".utf8))])
    #expect(decoder.decode(Array("q".utf8), at: Self.start + .seconds(1)) == [.key(.character("q"))])
  }

  /// Splits a sequence at every byte, as a network may do: no part of it may become a character.
  @Test(
    arguments: [
      "\u{1B}[A", "\u{1B}OA", "\u{1B}[3~", "\u{1B}[1;5D", "\u{1B}[[A", "\u{1B}[<0;12;5M", "\u{1B}[M !!",
      "\u{1B}[?2026;2$y", "\u{1B}[12;40R", "\u{1B}]11;rgb:1c1c/DDDD/qqqq\u{07}", "\u{1B}]0;D\u{1B}\\",
      "\u{1B}P>|Dy\u{1B}\\", "\u{1B}_GD\u{1B}\\", "\u{1B}^D\u{1B}\\", "\u{1B}XD\u{1B}\\",
      "\u{1B}[200~DyD\ry\u{1B}[201~", "\u{1B}[99;1D", "\u{1B}Oy", "\u{1B}[97;5u",
    ], [0, 20, 60, 400, 500])
  func aSplitSequenceIsNeverCharacters(sequence: String, pause: Int) {
    let bytes = Array(sequence.utf8)
    for split in 1..<bytes.count {
      for settles in [false, true] {
        var decoder = InputDecoder()
        var events = decoder.decode(bytes[..<split], at: Self.start)
        let later = Self.start + .milliseconds(pause)
        // The timer fires at its deadline, unless the event loop was busy until the next byte.
        if settles, let deadline = decoder.deadline, deadline < later { events += decoder.settle(at: deadline) }
        events += decoder.decode(bytes[split...], at: later)
        events += settle(&decoder)
        let characters = events.filter { !$0.isNoKey && $0 != .key(.escape) }
        let whole = decode(sequence)
        #expect(characters.allSatisfy { whole.contains($0) }, "\(split): \(events)")
        #expect(events.filter { $0 != .key(.escape) }.count == 1, "\(split): \(events)")
      }
    }
  }

  @Test(arguments: [0, 60, 400])
  func aSequenceSplitAtEveryByteIsOneEvent(pause: Int) {
    for sequence in ["\u{1B}[1;5D", "\u{1B}[200~q\u{1B}[201~", "\u{1B}]11;q\u{1B}\\"] {
      var decoder = InputDecoder()
      var now = Self.start
      var events: [TerminalEvent] = []
      for byte in sequence.utf8 {
        events += decoder.decode([byte], at: now)
        now += .milliseconds(pause)
      }
      events += settle(&decoder)
      #expect(events.filter { $0 != .key(.escape) }.count == 1, "\(events)")
      #expect(events.allSatisfy { $0.isNoKey || $0 == .key(.escape) || $0 == .key(.wordLeft) })
    }
  }

  @Test func aKeyWhoseEscapeWasToldIsUnknown() {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    _ = decoder.settle(at: Self.start + .milliseconds(50))
    #expect(
      decoder.decode(Array("[3~".utf8), at: Self.start + .milliseconds(80)) == [.unknown(Array("\u{1B}[3~".utf8))])
  }

  @Test func abandonedKeysAreNoKeys() {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}[".utf8), at: Self.start)
    decoder.abandon()
    #expect(decoder.decode(Array("3~".utf8), at: Self.start) == [.unknown(Array("\u{1B}[3~".utf8))])
    _ = decoder.decode([0x1B], at: Self.start)
    decoder.abandon()
    #expect(decoder.decode(Array("[3~".utf8), at: Self.start) == [.unknown(Array("\u{1B}[3~".utf8))])
    #expect(decoder.decode(Array("\u{1B}[3~".utf8), at: Self.start) == [.key(.delete)])
  }

  @Test func anAbandonedEscIsStillOne() {
    for (rest, events) in [
      ("", [.key(.escape)]), ("y", [.key(.alt(.character("y")))]),
      ("\u{1B}[3~", [.key(.escape), .unknown(Array("\u{1B}[3~".utf8))]),
      ("P", [.key(.escape), .unknown(Array("\u{1B}P".utf8))]),
    ] as [(String, [TerminalEvent])] {
      var decoder = InputDecoder()
      _ = decoder.decode([0x1B], at: Self.start)
      decoder.abandon()
      #expect(decoder.decode(Array(rest.utf8), at: Self.start) + settle(&decoder) == events)
    }
  }
}
