import TestSupport
import Testing

@testable import TerminalUI

@Suite struct InputDecoderTests {
  private static let start = ContinuousClock.now

  private func decode(_ text: String) -> [TerminalEvent] {
    decode(Array(text.utf8))
  }

  /// Decodes bytes that were read at once, followed by silence.
  private func decode(_ bytes: [UInt8]) -> [TerminalEvent] {
    var decoder = InputDecoder()
    let events = decoder.decode(bytes, at: Self.start)
    return events + settle(&decoder)
  }

  private func settle(_ decoder: inout InputDecoder) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    while let deadline = decoder.deadline { events += decoder.settle(at: deadline) }
    return events
  }

  // MARK: Keys

  @Test(arguments: [
    ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OB", .down), ("\u{1B}[C", .right),
    ("\u{1B}[D", .left), ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
    ("\u{1B}[F", .end), ("\u{1B}OF", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[2~", .insert),
    ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
    ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)), ("\u{1B}OS", .function(4)),
    ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)), ("\u{1B}[17~", .function(6)),
    ("\u{1B}[21~", .function(10)), ("\u{1B}[23~", .function(11)), ("\u{1B}[24~", .function(12)),
    ("\u{1B}OM", .enter), ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{08}", .backspace),
    ("\u{01}", .control("a")), ("\u{03}", .control("c")), ("\u{1A}", .control("z")), ("\u{1F}", .control("_")),
    ("q", .character("q")), (" ", .character(" ")), ("é", .character("é")), ("東", .character("東")),
    ("🏗", .character("🏗")), ("e\u{301}", .character("é")), ("\u{1B}", .escape),
    ("\u{1B}[1;5D", .wordLeft), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[1;2D", .left), ("\u{1B}Od", .wordLeft),
    ("\u{1B}[1;5A", .up), ("\u{1B}[1;2H", .home), ("\u{1B}[5;5~", .pageUp), ("\u{1B}[3;5~", .deleteWord),
    ("\u{1B}[3^", .deleteWord), ("\u{1B}[a", .up),
  ])
  func aKeyIsKnown(bytes: String, key: Key) {
    #expect(decode(bytes) == [.key(key)])
  }

  /// What xterm, tmux, rxvt, PuTTY and iTerm2 send for Alt with a key, and tmux for Esc and a key soon after it.
  @Test(arguments: [
    ("\u{1B}b", Key.character("b")), ("\u{1B}é", .character("é")), ("\u{1B}🏗", .character("🏗")),
    ("\u{1B} ", .character(" ")), ("\u{1B}/", .character("/")), ("\u{1B}(", .character("(")),
    ("\u{1B}N", .character("N")), ("\u{1B}\u{7F}", .backspace), ("\u{1B}\u{8}", .backspace), ("\u{1B}\r", .enter),
    ("\u{1B}\n", .enter), ("\u{1B}\t", .tab), ("\u{1B}\u{1}", .control("a")), ("\u{1B}\u{1A}", .control("z")),
    ("\u{1B}\u{1B}[D", .left), ("\u{1B}\u{1B}OD", .left), ("\u{1B}\u{1B}[C", .right), ("\u{1B}\u{1B}OA", .up),
    ("\u{1B}[1;3D", .left), ("\u{1B}[1;9D", .left), ("\u{1B}[1;3B", .down), ("\u{1B}[1;4C", .right),
    ("\u{1B}[1;7D", .wordLeft), ("\u{1B}\u{1B}[1;5D", .wordLeft), ("\u{1B}\u{1B}Od", .wordLeft),
    ("\u{1B}[1;3H", .home), ("\u{1B}[1;3F", .end), ("\u{1B}[3;3~", .delete), ("\u{1B}\u{1B}[3~", .delete),
    ("\u{1B}[2;3~", .insert), ("\u{1B}[15;3~", .function(5)), ("\u{1B}\u{1B}[15~", .function(5)),
    ("\u{1B}[1;3P", .function(1)), ("\u{1B}\u{1B}[Z", .backTab), ("\u{1B}[1;3Z", .backTab),
    ("\u{1B}\u{1B}OM", .enter), ("\u{1B}\u{1B}Oy", .keypad("9")), ("\u{1B}[106;3u", .character("j")),
    ("\u{1B}[27;3;106~", .character("j")), ("\u{1B}[13;3u", .enter), ("\u{1B}[32;3u", .character(" ")),
  ])
  func altAndAKeyAreOneEvent(bytes: String, key: Key) {
    #expect(decode(bytes) == [.key(.alt(key))])
  }

  @Test(arguments: [
    ("\u{1B}[32;2u", Key.character(" ")), ("\u{1B}[27;2;32~", .character(" ")), ("\u{1B}[32u", .character(" ")),
    ("\u{1B}[13;2u", .enter), ("\u{1B}[9;2u", .backTab), ("\u{1B}[9u", .tab), ("\u{1B}[127;2u", .backspace),
    ("\u{1B}[27u", .escape), ("\u{1B}[27;5u", .escape),
  ])
  func ofTheExtendedProtocolsKeysAreKnownThatMeanNoMoreThanTheirBytes(bytes: String, key: Key) {
    #expect(decode(bytes) == [.key(key)])
  }

  @Test func theKeypadInApplicationModeIsWhatStandsOnIt() {
    let keys: [(String, Key)] =
      zip("jklmnopqrstuvwxy", "*+,-./0123456789").map { (String($0), .keypad($1)) }
      + [("X", .keypad("=")), ("M", .enter), ("I", .tab)]
    for (final, key) in keys { #expect(decode("\u{1B}O\(final)") == [.key(key)]) }
  }

  /// Esc, `O` and a letter may have been typed one after the other.
  @Test(arguments: ["y", "M", "X"]) func aKeyOfTheKeypadDoesNotComeInPieces(letter: String) {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}O".utf8), at: Self.start)
    #expect(
      decoder.decode(Array(letter.utf8), at: Self.start + .milliseconds(200))
        == [.unknown(Array("\u{1B}O\(letter)".utf8))])
  }

  @Test func escapeAndTabAreShiftTabWhereTheTerminalSaysSo() {
    var decoder = InputDecoder(escapeTabIsBackTab: true)
    #expect(decoder.decode(Array("\u{1B}\tj".utf8), at: Self.start) == [.key(.backTab), .key(.character("j"))])
  }

  @Test(arguments: [
    "\u{1B}[3;2~", "\u{1B}[1;2P", "\u{1B}[15;5~", "\u{1B}[97;5u", "\u{1B}[27;5;97~", "\u{1B}[1;5:3C", "\u{1B}O5p",
    "\u{1B}[I", "\u{1B}[O", "\u{1B}[99~", "\u{1B}[?1D", "\u{1B}[201~", "\u{1B}[2J", "\u{1B}[12;3D", "\u{1B}O ",
    "\u{1B}[[Z", "\u{1B}[ D", "\u{1B}[999999999999999999999~",
  ])
  func aSequenceWithoutAMeaningIsUnknown(bytes: String) {
    #expect(decode(bytes) == [.unknown(Array(bytes.utf8))])
  }

  @Test(arguments: [
    "\u{1B}[12;40R", "\u{1B}[?1;2c", "\u{1B}[>41;354;0c", "\u{1B}[0n", "\u{1B}[?2026;2$y", "\u{1B}[4;600;800t",
    "\u{1B}[?1u", "\u{1B}]11;rgb:1c1c/1c1c/1c1c\u{07}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{1B}\\",
    "\u{1B}P>|xterm(390)\u{1B}\\", "\u{1B}P1+r544e=787465726D\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
  ])
  func whatTheTerminalAnswersIsAnAnswer(bytes: String) {
    #expect(decode(bytes) == [.answer(Array(bytes.utf8))])
  }

  @Test func mouseReportsAreMouseEvents() {
    #expect(decode("\u{1B}[<0;12;5M") == [.mouse(MouseEvent(action: .press, place: Point(column: 11, row: 4)))])
    #expect(
      decode("\u{1B}[<2;1;1m") == [.mouse(MouseEvent(action: .release, button: 2, place: Point(column: 0, row: 0)))])
    #expect(decode("\u{1B}[<32;3;3M") == [.mouse(MouseEvent(action: .drag, place: Point(column: 2, row: 2)))])
    #expect(decode("\u{1B}[<65;3;3M") == [.mouse(MouseEvent(action: .wheelDown, place: Point(column: 2, row: 2)))])
    #expect(decode("\u{1B}[M !!") == [.mouse(MouseEvent(action: .press, place: Point(column: 0, row: 0)))])
  }

  @Test func keysReadTogetherAreSeparate() {
    #expect(
      decode("a\u{1B}[Bqé\u{1B}") == [
        .key(.character("a")), .key(.down), .key(.character("q")), .key(.character("é")), .key(.escape),
      ])
  }

  // MARK: Esc

  /// However soon something follows an Esc, it is reported, as Esc or as Alt.
  @Test(arguments: [
    ("\u{1B}\u{1B}", [TerminalEvent.key(.escape), .key(.escape)]),
    ("\u{1B}\u{1B}j", [.key(.escape), .key(.alt(.character("j")))]),
    ("\u{1B}\u{1B}\u{1B}[D", [.key(.escape), .key(.alt(.left))]),
    ("\u{1B}\u{3}", [.key(.escape), .key(.control("c"))]),
    ("\u{1B}\u{0}", [.key(.escape), .unknown([0])]),
    ("\u{1B}\u{1B}[99~", [.key(.escape), .unknown(Array("\u{1B}[99~".utf8))]),
    ("\u{1B}\u{1B}[1;3D", [.key(.escape), .key(.alt(.left))]),
    ("\u{1B}\u{1B}[200~D\u{1B}[201~", [.key(.escape), .paste("D")]),
    ("\u{1B}\u{1B}]0;D\u{7}", [.key(.escape), .answer(Array("\u{1B}]0;D\u{7}".utf8))]),
    ("\u{1B}[", [.key(.alt(.character("[")))]), ("\u{1B}O", [.key(.alt(.character("O")))]),
    ("\u{1B}P", [.key(.alt(.character("P")))]), ("\u{1B}]", [.key(.alt(.character("]")))]),
    ("\u{1B}[\u{1B}", [.key(.alt(.character("["))), .key(.escape)]),
    ("\u{1B}\u{1B}[", [.key(.escape), .key(.escape), .unknown(Array("\u{1B}[".utf8))]),
    ("\u{1B}jy", [.key(.alt(.character("j"))), .keyBehindEscape(.character("y"))]),
    ("\u{1B}\u{1B}[B\ry", [.key(.alt(.down)), .keyBehindEscape(.enter), .keyBehindEscape(.character("y"))]),
    ("\u{1B}[1;3By", [.key(.alt(.down)), .keyBehindEscape(.character("y"))]),
    ("j\u{1B}/D", [.key(.character("j")), .key(.alt(.character("/"))), .keyBehindEscape(.character("D"))]),
    ("\u{1B}(D", [.key(.alt(.character("("))), .keyBehindEscape(.character("D"))]),
    ("\u{1B}#\u{1B}[3~", [.key(.alt(.character("#"))), .keyBehindEscape(.delete)]),
    ("\u{1B}je\u{301}", [.key(.alt(.character("j"))), .keyBehindEscape(.character("é"))]),
    ("\u{1B}j\u{3}", [.key(.alt(.character("j"))), .key(.control("c"))]),
  ])
  func anEscIsNeverLost(bytes: String, events: [TerminalEvent]) {
    #expect(decode(bytes) == events)
  }

  @Test func invalidTextBehindAnEscLosesNoEsc() {
    #expect(decode([0x1B, 0xFF]) == [.key(.escape), .undecodable([0xFF])])
  }

  /// Text typed after an Esc, at once or with pauses, may look like the beginning of a sequence.
  @Test(arguments: ["Pj", "Pjy\r", "]1", "_Dy", "[1"], [0, 200])
  func ofASequenceThatNeverEndsTheEscIsTold(text: String, pause: Int) {
    var decoder = InputDecoder()
    var events = decoder.decode(Array("\u{1B}\(text.prefix(1))".utf8), at: Self.start)
    var now = Self.start
    for byte in text.dropFirst().utf8 {
      now += .milliseconds(pause)
      events += decoder.decode([byte], at: now)
    }
    events += settle(&decoder)
    #expect(events == [.key(.escape), .unknown(Array("\u{1B}\(text)".utf8))])
  }

  @Test func aBurstLastsUntilNothingCameForAMoment() {
    var decoder = InputDecoder()
    var now = Self.start
    _ = decoder.decode([0x1B], at: now)
    for character in "jkl" {
      now += .milliseconds(40)
      _ = decoder.decode(Array(String(character).utf8), at: now)
    }
    #expect(
      decoder.decode(Array("y".utf8), at: now + .milliseconds(50)) == [.keyBehindEscape(.character("y"))])
    #expect(decoder.decode(Array("y".utf8), at: now + .milliseconds(101)) == [.key(.character("y"))])
  }

  @Test func whatComesAfterAnEscThatWasAloneIsBehindNone() {
    var decoder = InputDecoder()
    _ = decoder.decode([0x1B], at: Self.start)
    #expect(decoder.settle(at: Self.start + .milliseconds(50)) == [.key(.escape)])
    #expect(decoder.decode(Array("y".utf8), at: Self.start + .milliseconds(60)) == [.key(.character("y"))])
  }

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
  fileprivate var isNoKey: Bool {
    key == nil
  }
}
