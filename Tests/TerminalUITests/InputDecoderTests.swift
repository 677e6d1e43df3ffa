import TestSupport
import Testing

@testable import TerminalUI

@Suite struct InputDecoderTests {
  static let start = ContinuousClock.now

  func decode(_ text: String) -> [TerminalEvent] {
    decode(Array(text.utf8))
  }

  /// Decodes bytes that were read at once, followed by silence.
  func decode(_ bytes: [UInt8]) -> [TerminalEvent] {
    var decoder = InputDecoder()
    let events = decoder.decode(bytes, at: Self.start)
    return events + settle(&decoder)
  }

  func settle(_ decoder: inout InputDecoder) -> [TerminalEvent] {
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
}
