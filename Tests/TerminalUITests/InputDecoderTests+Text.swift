import TestSupport
import Testing

@testable import TerminalUI

// What is typed and pasted as text, and bytes that no terminal sends.
extension InputDecoderTests {
  // MARK: Text

  @Test func aCharacterMaySplitAnywhere() {
    for text in ["é", "東", "🏗"] {
      for split in 1..<text.utf8.count {
        var decoder = InputDecoder()
        var events = decoder.decode(text.utf8.prefix(split), at: Self.start)
        #expect(events == [])
        events += decoder.decode(text.utf8.dropFirst(split), at: Self.start + .milliseconds(300))
        #expect(events == [.key(.character(Character(text)))])
      }
    }
  }

  @Test func bytesThatAreNoTextAreNeverAKey() {
    #expect(decode([0xFF, 0x61]) == [.undecodable([0xFF]), .key(.character("a"))])
    #expect(decode([0xE6, 0x9D, 0x61]) == [.undecodable([0xE6, 0x9D]), .key(.character("a"))])
    #expect(decode([0xE9, 0xC3, 0xA9]) == [.undecodable([0xE9]), .key(.character("é"))])
    #expect(decode([0xC0, 0x80]) == [.undecodable([0xC0]), .undecodable([0x80])])
    #expect(decode([0xED, 0xA0, 0x80]) == [.undecodable([0xED, 0xA0, 0x80])])
    #expect(decode([0xF4, 0x90, 0x80, 0x80]) == [.undecodable([0xF4, 0x90, 0x80, 0x80])])
    #expect(decode([0xE6]) == [.undecodable([0xE6])])
    #expect(decode([0xE6, 0x1B, 0x5B, 0x41]) == [.undecodable([0xE6]), .key(.up)])
    #expect(
      decode([0x1B, 0xE9, 0x6A]) == [.key(.escape), .undecodable([0xE9]), .keyBehindEscape(.character("j"))])
  }

  @Test func ofAPasteWhatIsNoTextIsLeftOutAndTold() {
    let paste = { (bytes: [UInt8]) in Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8) }
    #expect(decode(paste(Array("Ren".utf8) + [0xE9, 0x65])) == [.paste("Rene"), .undecodable([0xE9])])
    #expect(decode(paste([0xE6, 0x9D, 0x41, 0xFF, 0xFE])) == [.paste("A"), .undecodable([0xE6, 0x9D, 0xFF, 0xFE])])
    #expect(decode(paste(Array("\u{FFFD}".utf8))) == [.paste("\u{FFFD}")])
  }

  @Test func aCharacterInWhichAPasteStallsIsPastedWhole() {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}[200~a".utf8) + [0xE6, 0x9D], at: Self.start)
    #expect(decoder.settle(at: Self.start + .seconds(2)) == [.paste("a")])
    let events = decoder.decode([0xB1] + Array("\u{1B}[201~".utf8), at: Self.start + .seconds(9))
    #expect(events == [.paste("東")])
  }

  @Test func controlsInTwoBytesAreNoCharacters() {
    #expect(decode("\u{85}") == [.unknown([0xC2, 0x85])])
  }

  // MARK: Pastes

  @Test func aPasteIsOneEventWhateverItContains() {
    #expect(decode("\u{1B}[200~q\r\n\u{1B}[3~東\u{1B}[201~x") == [.paste("q\r\n\u{1B}[3~東"), .key(.character("x"))])
    #expect(decode("\u{1B}[200~\u{1B}[201~") == [.paste("")])
    #expect(decode("\u{1B}[200~\u{1B}[20\u{1B}[201~") == [.paste("\u{1B}[20")])
  }

  @Test func whatComesAfterAPasteStalledIsPastedToo() {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}[200~abc".utf8), at: Self.start)
    #expect(decoder.deadline == Self.start + .seconds(2))
    #expect(decoder.settle(at: Self.start + .seconds(2)) == [.paste("abc")])
    #expect(decoder.deadline == nil)
    #expect(decoder.decode(Array("D\ry".utf8), at: Self.start + .seconds(5)) == [])
    #expect(decoder.settle(at: Self.start + .seconds(7)) == [.paste("D\ry")])
    // The next stall may split the end marker.
    #expect(decoder.decode(Array("q\u{1B}[20".utf8), at: Self.start + .seconds(9)) == [])
    #expect(decoder.settle(at: Self.start + .seconds(11)) == [.paste("q")])
    #expect(
      decoder.decode(Array("1~x".utf8), at: Self.start + .seconds(12)) == [.paste(""), .key(.character("x"))])
  }

  @Test func aPasteThatNeverEndsIsLeftByControlCAndAfterAMinute() {
    for (pause, bytes, key) in [(3, "\u{3}q", Key.control("c")), (70, "jq", .character("j"))] {
      var decoder = InputDecoder()
      _ = decoder.decode(Array("\u{1B}[200~abc".utf8), at: Self.start)
      _ = decoder.settle(at: Self.start + .seconds(2))
      let events = decoder.decode(Array(bytes.utf8), at: Self.start + .seconds(pause))
      #expect(events == [.key(key), .key(.character("q"))])
    }
  }

  @Test func aPasteThatBeganBeforeADialogIsForNobody() {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}[200~abc".utf8), at: Self.start)
    decoder.abandon()
    #expect(decoder.decode(Array("D\u{1B}[201~x".utf8), at: Self.start) == [.key(.character("x"))])
    #expect(decoder.decode(Array("\u{1B}[200~new\u{1B}[201~".utf8), at: Self.start) == [.paste("new")])
  }

  @Test(arguments: [
    "\u{9B}D", "\u{8F}D", "\u{9D}0;D\u{7}", "\u{9B}99~", "\u{90}D\u{1B}\\",
  ])
  func nothingOfASequenceInAnotherFormIsAKey(text: String) {
    #expect(decode(text + "x").last == .key(.character("x")))
    #expect(decode(text + "x").count == 2, "\(decode(text + "x"))")
  }

  @Test func aSlashSoonAfterEscIsStillTyped() {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    #expect(decoder.settle(at: Self.start + .milliseconds(50)) == [.key(.escape)])
    #expect(decoder.decode(Array("/".utf8), at: Self.start + .milliseconds(200)) == [.key(.character("/"))])
  }

  @Test func aPasteIsCutAtItsLimit() {
    var decoder = InputDecoder(pasteLimit: 10)
    let bytes = "\u{1B}[200~" + String(repeating: "D", count: 5000) + "\u{1B}[201~q"
    #expect(
      decoder.decode(Array(bytes.utf8), at: Self.start) == [
        .paste(String(repeating: "D", count: 10)), .key(.character("q")),
      ])
  }

  // MARK: Hostile input

  @Test func anEndlessSequenceIsKeptShortAndNeverAKey() {
    for introducer in ["\u{1B}[", "\u{1B}O", "\u{1B}]", "\u{1B}P"] {
      var decoder = InputDecoder()
      let bytes = introducer + String(repeating: "1;", count: 100_000)
      #expect(decoder.decode(Array(bytes.utf8), at: Self.start) == [])
      let events = settle(&decoder)
      #expect(events.count == 1)
      guard case .unknown(let kept)? = events.first else {
        Issue.record("\(events)")
        continue
      }
      #expect(kept.count <= 4096)
    }
  }

  @Test func controlCGetsOutOfAnySequence() {
    for bytes in ["\u{1B}[1;", "\u{1B}]11;abc", "\u{1B}Pabc"] {
      #expect(decode(bytes + "\u{03}").last == .key(.control("c")))
    }
  }

  @Test func anyBytesAreTaken() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var decoder = InputDecoder()
      var now = Self.start
      for byte in bytes {
        _ = decoder.decode([byte], at: now)
        now += .milliseconds(Int.random(in: 0...600, using: &generator))
      }
      _ = settle(&decoder)
      #expect(decoder.deadline == nil)
    }
  }
}

extension TerminalEvent {
  var isNoKey: Bool {
    key == nil
  }
}
