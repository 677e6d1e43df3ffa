/// Turns the bytes of a terminal into events: a value, given bytes and the time they were read.
///
/// The rules, all of them about one promise, that no part of an escape sequence ever becomes `.key(.character)`, whole or
/// split anywhere by up to 500 ms:
///
/// - `Esc` followed by nothing for 50 ms is the key. An introducer (`[`, `O`, `]`, `P`, `X`, `^`, `_`) that comes later,
///   up to 500 ms after the Esc, still begins a sequence. That one's key is then `.unknown`, because the Esc was already
///   acted on; a paste, an answer and a mouse report stay what they are. Whoever types such a letter that soon after Esc
///   loses it, and what follows it, until 500 ms pass without a byte.
/// - A sequence ends with its final byte, after 500 ms of silence (`.unknown`), or when another Esc begins one. Ctrl-C ends
///   it and is a key, so that nobody is locked out by a sequence without an end.
/// - Known keys are in `ControlSequence`; answers of the terminal are `.answer`; the rest is `.unknown`.
/// - `Esc` and a character read together are `.alt`; Esc and another Esc or control are two keys, because over a slow line
///   they come together.
/// - A paste ends with its end marker or after 2 s of silence; more than the limit is dropped. Nothing in it is a key.
/// - Invalid UTF-8 becomes U+FFFD, a C1 control `.unknown`.
public struct InputDecoder: Sendable {
  /// After a lone Esc.
  public static let escapeSilence = Duration.milliseconds(50)
  /// Within a sequence or a character.
  public static let sequenceSilence = Duration.milliseconds(500)
  /// Within a paste.
  public static let pasteSilence = Duration.seconds(2)

  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  private static let longestControlSequence = 64
  private static let longestString = 4096

  private enum State {
    case ground
    /// Within a character of several bytes.
    case text(isAlt: Bool)
    case escape
    /// Esc was told; its sequence may still come.
    case toldEscape
    /// After `Esc [`.
    case control
    /// After `Esc [ M`: three bytes of a mouse report in the old form.
    case mouse
    /// After `Esc O`.
    case singleShift
    /// After `Esc ]`, `Esc P`, `Esc X`, `Esc ^` or `Esc _`: ends with `Esc \`.
    case string
    /// An Esc in a string.
    case stringEscape
    case paste
  }

  private let pasteLimit: Int
  private var state = State.ground
  /// When the last byte was read.
  private var lastRead: ContinuousClock.Instant?
  /// The sequence or character so far, with its Esc; of a long one only the beginning.
  private var bytes: [UInt8] = []
  private var isTooLong = false
  /// Whether the sequence's Esc was already told as a key.
  private var isLate = false
  private var pasted: [UInt8] = []
  /// How much of the end marker the paste's last bytes are.
  private var pasteEndMatch = 0

  /// - Parameter pasteLimit: the bytes of a paste that are kept.
  public init(pasteLimit: Int = 1 << 20) {
    self.pasteLimit = pasteLimit
  }

  /// When `settle(at:)` has something to say, if no byte comes before; nil when nothing is pending.
  public var deadline: ContinuousClock.Instant? {
    guard let lastRead else { return nil }
    switch state {
    case .ground, .toldEscape: return nil
    case .escape: return lastRead + Self.escapeSilence
    case .paste: return lastRead + Self.pasteSilence
    default: return lastRead + Self.sequenceSilence
    }
  }

  /// The events of some bytes. What is unfinished waits for more, or for `deadline`.
  public mutating func decode(
    _ bytes: some Sequence<UInt8>, at now: ContinuousClock.Instant
  ) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    if let deadline, now > deadline { events = settle(at: now) }
    if case .toldEscape = state, let lastRead, now > lastRead + Self.sequenceSilence { state = .ground }
    let earlier = events.count
    for byte in bytes {
      lastRead = now
      take(byte, into: &events, since: earlier)
    }
    return events
  }

  /// What pending bytes mean once the deadline passed without more.
  public mutating func settle(at now: ContinuousClock.Instant) -> [TerminalEvent] {
    guard let deadline, now >= deadline else { return [] }
    var events: [TerminalEvent] = []
    switch state {
    case .ground, .toldEscape: break
    case .escape:
      events.append(.key(.escape))
      state = .toldEscape
    case .text:
      endText(into: &events, since: 0)
    case .paste:
      endPaste(into: &events)
    case .control, .mouse, .singleShift, .string, .stringEscape:
      endUnknown(into: &events)
    }
    return events
  }

  /// Makes keys that are not finished no keys: an undecided Esc is told now, and the rest of a sequence makes it `.unknown`.
  public mutating func abandon() -> [TerminalEvent] {
    isLate = true
    guard case .escape = state else { return [] }
    state = .toldEscape
    return [.key(.escape)]
  }

  private mutating func take(_ byte: UInt8, into events: inout [TerminalEvent], since: Int) {
    switch state {
    case .ground: begin(byte, into: &events)
    case .text: continueText(byte, into: &events, since: since)
    case .escape: afterEscape(byte, into: &events)
    case .toldEscape:
      state = .ground
      if !introduce(byte, isLate: true) { begin(byte, into: &events) }
    case .control: continueControl(byte, into: &events)
    case .mouse: continueMouse(byte, into: &events)
    case .singleShift: continueSingleShift(byte, into: &events)
    case .string: continueString(byte, into: &events)
    case .stringEscape:
      if byte == UInt8(ascii: "\\") {
        keep(byte, upTo: Self.longestString)
        finish(with: .answer(bytes), into: &events)
      } else {
        endUnknown(into: &events)
        afterEscape(byte, into: &events)
      }
    case .paste: continuePaste(byte, into: &events)
    }
  }
}

// MARK: Keys and text

extension InputDecoder {
  private mutating func begin(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x80...:
      bytes = [byte]
      state = .text(isAlt: false)
      if Self.length(ofCharacterStartingWith: byte) == 1 { endText(into: &events, since: events.count) }
    default: events.append(Key(ascii: byte).map { .key($0) } ?? .unknown([byte]))
    }
  }

  private mutating func afterEscape(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    if introduce(byte, isLate: false) { return }
    switch byte {
    case 0x7F, 0x08: events.append(.key(.alt(Key.backspaceCharacter)))
    case ..<0x20:
      events.append(.key(.escape))
      begin(byte, into: &events)
    case ..<0x80: events.append(.key(.alt(Character(Unicode.Scalar(byte)))))
    default:
      bytes = [byte]
      state = .text(isAlt: true)
      if Self.length(ofCharacterStartingWith: byte) == 1 { endText(into: &events, since: events.count) }
    }
  }

  private mutating func continueText(_ byte: UInt8, into events: inout [TerminalEvent], since: Int) {
    guard 0x80...0xBF ~= byte else {
      endText(into: &events, since: since)
      begin(byte, into: &events)
      return
    }
    bytes.append(byte)
    if bytes.count == Self.length(ofCharacterStartingWith: bytes[0]) { endText(into: &events, since: since) }
  }

  /// Tells a character of several bytes, whole or not. One that belongs to the character before it, read together with it,
  /// is joined to it: keys are grapheme clusters.
  private mutating func endText(into events: inout [TerminalEvent], since: Int) {
    var isAlt = false
    if case .text(true) = state { isAlt = true }
    state = .ground
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else {
      events.append(isAlt ? .unknown([0x1B] + bytes) : .key(.character("\u{FFFD}")))
      return
    }
    if isAlt {
      events.append(.key(.alt(Character(scalar))))
    } else if scalar.value < 0xA0 {
      events.append(.unknown(bytes))
    } else if events.count > since, case .key(.character(let before))? = events.last,
      (String(before) + text).count == 1
    {
      events[events.count - 1] = .key(.character(Character(String(before) + text)))
    } else {
      events.append(.key(.character(Character(scalar))))
    }
  }

  private static func length(ofCharacterStartingWith byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}

// MARK: Sequences

extension InputDecoder {
  /// Begins the sequence that `byte` introduces after Esc, if it does.
  private mutating func introduce(_ byte: UInt8, isLate: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .string
    default: return false
    }
    bytes = [0x1B, byte]
    isTooLong = false
    self.isLate = isLate
    return true
  }

  private mutating func continueControl(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if isInterrupted(by: byte, into: &events) { return }
    guard byte < 0x80 else {
      endUnknown(into: &events)
      begin(byte, into: &events)
      return
    }
    let isFirst = bytes.count == 2
    let isLinuxFunctionKey = bytes.count == 3 && bytes[2] == UInt8(ascii: "[")
    keep(byte, upTo: Self.longestControlSequence)
    switch byte {
    case UInt8(ascii: "[") where isFirst: break
    case UInt8(ascii: "M") where isFirst: state = .mouse
    case 0x40...0x7E: endControl(into: &events)
    case _ where isLinuxFunctionKey: endUnknown(into: &events)
    default: break
    }
  }

  private mutating func endControl(into events: inout [TerminalEvent]) {
    if bytes == Array("\u{1B}[200~".utf8) {
      state = .paste
      pasted = []
      pasteEndMatch = 0
      return
    }
    finish(with: ControlSequence(bytes).event, into: &events)
  }

  /// Takes button, column and row. A place beyond what a byte can say is 0 in xterm, and where the terminal was told to
  /// say it in UTF-8, two bytes.
  private mutating func continueMouse(_ byte: UInt8, into events: inout [TerminalEvent]) {
    guard byte >= 0x20 || byte == 0 else {
      endUnknown(into: &events)
      begin(byte, into: &events)
      return
    }
    let isTail = 0x80...0xBF ~= byte && bytes.last.map { 0xC2...0xDF ~= $0 } == true
    if hasWholeMouseReport, !isTail {
      finish(with: ControlSequence(bytes).event, into: &events)
      begin(byte, into: &events)
      return
    }
    bytes.append(byte)
    // The row may have a second byte yet.
    if hasWholeMouseReport, !(0xC2...0xDF ~= byte) { finish(with: ControlSequence(bytes).event, into: &events) }
  }

  private var hasWholeMouseReport: Bool {
    let report = bytes[3...]
    return report.count >= 3 + zip(report, report.dropFirst()).count { 0xC2...0xDF ~= $0 && 0x80...0xBF ~= $1 }
  }

  private mutating func continueSingleShift(_ byte: UInt8, into events: inout [TerminalEvent]) {
    guard 0x20..<0x7F ~= byte else {
      endUnknown(into: &events)
      begin(byte, into: &events)
      return
    }
    keep(byte, upTo: Self.longestControlSequence)
    // Some terminals put a modifier before the final byte.
    if 0x30...0x3B ~= byte { return }
    finish(with: ControlSequence(bytes).event, into: &events)
  }

  private mutating func continueString(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if byte == 0x1B {
      keep(byte, upTo: Self.longestString)
      state = .stringEscape
      return
    }
    if isInterrupted(by: byte, into: &events) { return }
    keep(byte, upTo: Self.longestString)
    // Only an operating system command may end with a bell.
    if byte == 0x07, bytes[1] == UInt8(ascii: "]") { finish(with: .answer(bytes), into: &events) }
  }

  /// Ends the sequence at a byte that can't be in one: a new Esc, Ctrl-C, or the two controls that cancel (ECMA-48).
  private mutating func isInterrupted(by byte: UInt8, into events: inout [TerminalEvent]) -> Bool {
    switch byte {
    case 0x1B, 0x03:
      endUnknown(into: &events)
      begin(byte, into: &events)
    case 0x18, 0x1A:
      endUnknown(into: &events)
    default: return false
    }
    return true
  }

  private mutating func keep(_ byte: UInt8, upTo limit: Int) {
    if bytes.count < limit { bytes.append(byte) } else { isTooLong = true }
  }

  private mutating func endUnknown(into events: inout [TerminalEvent]) {
    finish(with: .unknown(bytes), into: &events)
  }

  private mutating func finish(with event: TerminalEvent, into events: inout [TerminalEvent]) {
    state = .ground
    if case .key = event, isLate {
      events.append(.unknown(bytes))
    } else {
      events.append(isTooLong ? .unknown(bytes) : event)
    }
  }
}

// MARK: Pastes

extension InputDecoder {
  private mutating func continuePaste(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if byte == Self.pasteEnd[pasteEndMatch] {
      pasteEndMatch += 1
      if pasteEndMatch == Self.pasteEnd.count { endPaste(into: &events) }
      return
    }
    for matched in Self.pasteEnd.prefix(pasteEndMatch) { keepPasted(matched) }
    // The marker's first byte is nowhere else in it.
    pasteEndMatch = byte == Self.pasteEnd[0] ? 1 : 0
    if pasteEndMatch == 0 { keepPasted(byte) }
  }

  private mutating func keepPasted(_ byte: UInt8) {
    if pasted.count < pasteLimit { pasted.append(byte) }
  }

  private mutating func endPaste(into events: inout [TerminalEvent]) {
    state = .ground
    events.append(.paste(String(decoding: pasted, as: UTF8.self)))
    pasted = []
  }
}

extension Key {
  /// The key of one byte below 0x80 that begins no sequence; nil for what no key is known to send.
  fileprivate init?(ascii byte: UInt8) {
    switch byte {
    case 0x0D, 0x0A: self = .enter
    case 0x09: self = .tab
    case 0x08, 0x7F: self = .backspace
    case 0x01...0x1A: self = .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C...0x1F: self = .control(Character(Unicode.Scalar(byte + 0x40)))
    case 0x20...0x7E: self = .character(Character(Unicode.Scalar(byte)))
    default: return nil
    }
  }
}
