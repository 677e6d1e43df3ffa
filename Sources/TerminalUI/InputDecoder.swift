/// Turns the bytes of a terminal into events: a value, given bytes and the time they were read.
///
/// The rules, all of them about one promise, that no part of an escape sequence ever becomes `.key(.character)`, whole or
/// split anywhere by up to 500 ms:
///
/// - `Esc` followed by nothing for 50 ms is the key. An introducer (`[`, `O`, `]`, `P`, `X`, `^`, `_`) that comes later,
///   up to 500 ms after the Esc, still begins a sequence. That one's key is then `.unknown`, because the Esc was already
///   acted on; a paste, an answer and a mouse report stay what they are. Whoever types such a letter that soon after Esc
///   gets it once 500 ms have passed without another byte; typed on at once, it is lost with what follows it.
/// - A sequence ends with its final byte, after 500 ms of silence (`.unknown`), or when another Esc begins one. Ctrl-C ends
///   it and is a key, so that nobody is locked out by a sequence without an end.
/// - Known keys are in `ControlSequence`; answers of the terminal are `.answer`; the rest is `.unknown`.
/// - `Esc` and a character read together are `.alt`; Esc and another Esc or control are two keys, because over a slow line
///   they come together.
/// - A paste ends with its end marker; more than the limit is dropped. After 2 s of silence what came is told, and what comes
///   next is still pasted: a slow line may stall. Ctrl-C then ends it, or a minute of silence. Nothing in it is a key.
/// - `Esc` and an intermediate (blank to `/`, ECMA-35) takes what follows up to its final byte. The introducers among the C1
///   controls, in UTF-8 or as bare bytes, begin what `Esc` and their letter begin.
/// - Bytes that are no text in the encoding are `.undecodable`, another C1 control is `.unknown`.
public struct InputDecoder: Sendable {
  /// After a lone Esc.
  public static let escapeSilence = Duration.milliseconds(50)
  /// Within a sequence or a character.
  public static let sequenceSilence = Duration.milliseconds(500)
  /// Within a paste.
  public static let pasteSilence = Duration.seconds(2)
  /// After which a paste that never ended is over.
  public static let pasteEndSilence = Duration.seconds(60)

  enum State {
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
    /// After `Esc O` or `Esc N`.
    case singleShift
    /// After Esc and an intermediate.
    case intermediate
    /// After `Esc ]`, `Esc P`, `Esc X`, `Esc ^` or `Esc _`: ends with `Esc \`.
    case string
    /// An Esc in a string.
    case stringEscape
    case paste
    /// What came of a paste was told, and the rest is still to come.
    case stalledPaste
  }

  let pasteLimit: Int
  let encoding: TextEncoding
  var state = State.ground
  /// When the last byte was read.
  private var lastRead: ContinuousClock.Instant?
  /// The sequence or character so far, with its Esc; of a long one only the beginning.
  var bytes: [UInt8] = []
  var isTooLong = false
  /// Whether the sequence's Esc was already told as a key.
  var isLate = false
  /// What came late after Esc, and alone: the beginning of a sequence, or a letter that somebody typed.
  var lateIntroducer: UInt8?
  var pasted: [UInt8] = []
  /// How much of the end marker the paste's last bytes are.
  var pasteEndMatch = 0
  /// Whether the paste is for nobody: it began before what it would go into could be seen.
  var isPasteAbandoned = false

  /// - Parameters:
  ///   - pasteLimit: the bytes of a paste that are kept.
  ///   - encoding: what the terminal sends letters in.
  public init(pasteLimit: Int = 1 << 20, encoding: TextEncoding = .utf8) {
    self.pasteLimit = pasteLimit
    self.encoding = encoding
  }

  /// When `settle(at:)` has something to say, if no byte comes before; nil when nothing is pending.
  public var deadline: ContinuousClock.Instant? {
    guard let lastRead else { return nil }
    switch state {
    case .ground, .toldEscape, .stalledPaste: return nil
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
    if case .stalledPaste = state, let lastRead, now > lastRead + Self.pasteEndSilence { state = .ground }
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
    case .ground, .toldEscape, .stalledPaste: break
    case .escape:
      events.append(.key(.escape))
      state = .toldEscape
    case .text:
      endText(into: &events, since: 0)
    case .paste:
      tellStalledPaste(into: &events)
      state = .stalledPaste
    case .control, .mouse, .singleShift, .intermediate, .string, .stringEscape:
      if let lateIntroducer, bytes.count == 2 {
        state = .ground
        events.append(.key(.character(Character(Unicode.Scalar(lateIntroducer)))))
      } else {
        endUnknown(into: &events)
      }
    }
    return events
  }

  /// Makes what is not finished nothing: an undecided Esc is told now, the rest of a sequence makes it `.unknown`, and that of a
  /// paste is dropped.
  public mutating func abandon() -> [TerminalEvent] {
    isLate = true
    lateIntroducer = nil
    isPasteAbandoned = true
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
    case .intermediate: continueIntermediate(byte, into: &events)
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
    case .stalledPaste:
      if byte == 0x03 { return begin(byte, into: &events) }
      state = .paste
      continuePaste(byte, into: &events)
    }
  }
}
