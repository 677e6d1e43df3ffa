/// Turns the bytes of a terminal into events: a value, given bytes and the time they were read.
///
/// The rules, all of them about two promises: no part of an escape sequence ever becomes `.key(.character)`, whole or split
/// anywhere by up to 500 ms, and no Esc that a person typed is lost.
///
/// - `Esc` followed by nothing for 50 ms is the key. An introducer (`[`, `O`, `]`, `P`, `X`, `^`, `_`) that comes later,
///   up to 500 ms after the Esc, still begins a sequence. That one's key is then `.unknown`, because the Esc was already
///   acted on; a paste, an answer and a mouse report stay what they are. Whoever types such a letter that soon after Esc
///   gets it once 500 ms have passed without another byte; typed on at once, it is lost with what follows it.
/// - A sequence ends with its final byte, after 500 ms of silence (`.unknown`), or when another Esc begins one. Ctrl-C ends
///   it and is a key, so that nobody is locked out by a sequence without an end.
/// - Known keys are in `ControlSequence`; answers of the terminal are `.answer`; the rest is `.unknown`.
/// - `Esc` and a key read together are `.alt`, and so are Esc and a key's sequence: over a slow line and through tmux, which
///   waits for half a second, Esc and a key typed after it come as the same. Whoever has no such Alt key takes it as Esc and
///   that key. An introducer that nothing follows is such a key, too; of a sequence that never ends, the Esc is told.
///   `Esc Tab` is Shift-Tab where the terminal says so.
/// - A key that came in one burst with an Esc, behind it, is `.keyBehindEscape`: until nothing came for 50 ms.
/// - A paste ends with its end marker; more than the limit is dropped. After 2 s of silence what came is told, and what comes
///   next is still pasted: a slow line may stall. Ctrl-C then ends it, or a minute of silence. Nothing in it is a key.
/// - The introducers among the C1 controls, in UTF-8 or as bare bytes, begin what `Esc` and their letter begin.
/// - Bytes that are no text in the encoding are `.undecodable`, another C1 control is `.unknown`.
public struct InputDecoder: Sendable {
  /// After a lone Esc.
  static let escapeSilence = Duration.milliseconds(50)
  /// Within a sequence or a character.
  public static let sequenceSilence = Duration.milliseconds(500)
  /// Within a paste.
  static let pasteSilence = Duration.seconds(2)
  /// After which a paste that never ended is over.
  static let pasteEndSilence = Duration.seconds(60)

  enum State: Equatable {
    case ground
    /// Within a character of several bytes.
    case text(isAlt: Bool)
    case escape
    /// After Esc and another one.
    case escapeTwice
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
    /// What came of a paste was told, and the rest is still to come.
    case stalledPaste
  }

  let pasteLimit: Int
  let encoding: TextEncoding
  /// Whether the terminal sends `Esc Tab` for Shift-Tab.
  let escapeTabIsBackTab: Bool
  var state = State.ground
  /// When the last byte was read.
  private var lastRead: ContinuousClock.Instant?
  /// The sequence or character so far, with its Esc; of a long one only the beginning.
  var bytes: [UInt8] = []
  var isTooLong = false
  /// Whether the sequence's Esc was already told as a key.
  var isLate = false
  /// Whether the sequence came behind an Esc, as for Alt and its key.
  var isAlt = false
  /// Whether a C1 control began it.
  var isC1 = false
  /// Whether nothing came for a while behind its introducer, as when a person types.
  var isPaused = false
  /// Whether its key is for nobody: it began before what it would go to could be seen.
  var isAbandoned = false
  /// Whether the last key came in one burst with an Esc, behind it.
  var isBehindEscape = false
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
  ///   - escapeTabIsBackTab: whether the terminal sends `Esc Tab` for Shift-Tab (terminfo's `kcbt`).
  public init(pasteLimit: Int = 1 << 20, encoding: TextEncoding = .utf8, escapeTabIsBackTab: Bool = false) {
    self.pasteLimit = pasteLimit
    self.escapeTabIsBackTab = escapeTabIsBackTab
    self.encoding = encoding
  }

  /// When `settle(at:)` has something to say, if no byte comes before; nil when nothing is pending.
  public var deadline: ContinuousClock.Instant? {
    guard let lastRead else { return nil }
    switch state {
    case .ground, .toldEscape, .stalledPaste: return nil
    case .escape, .escapeTwice: return lastRead + Self.escapeSilence
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
    if let lastRead, now > lastRead + Self.escapeSilence {
      isBehindEscape = false
      if self.bytes.count == 2 { isPaused = true }
    }
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
    case .escape, .escapeTwice:
      if case .escapeTwice = state { events.append(.key(.escape)) }
      events.append(.key(.escape))
      state = .toldEscape
    case .text:
      endText(into: &events, since: 0)
    case .paste:
      tellStalledPaste(into: &events)
      state = .stalledPaste
    case .stringEscape:
      endUnfinished(into: &events)
      // It doesn't end the string.
      events.append(.key(.escape))
    case .control, .mouse, .singleShift, .string:
      if let lateIntroducer, bytes.count == 2 {
        state = .ground
        events.append(.key(.character(Character(Unicode.Scalar(lateIntroducer)))))
      } else {
        endUnfinished(into: &events)
      }
    }
    return events
  }

  /// Makes the rest of a sequence no key, and that of a paste nothing: they began before what they would go to could be seen.
  ///
  /// - Parameter dropsEscape: whether an undecided Esc is for nobody, either. It stays one otherwise.
  public mutating func abandon(dropsEscape: Bool = false) {
    isAbandoned = true
    lateIntroducer = nil
    isPasteAbandoned = true
    if dropsEscape, state == .escape || state == .escapeTwice { state = .toldEscape }
  }

  private mutating func take(_ byte: UInt8, into events: inout [TerminalEvent], since: Int) {
    switch state {
    case .ground: begin(byte, into: &events)
    case .text: continueText(byte, into: &events, since: since)
    case .escape: afterEscape(byte, into: &events)
    case .escapeTwice: afterTwoEscapes(byte, into: &events)
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
        endUnfinished(into: &events)
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
