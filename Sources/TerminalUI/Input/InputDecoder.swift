/// Decodes the bytes of a terminal into events: a value that is given bytes and the time at which they were read.
///
/// Its rules keep two promises: no part of an escape sequence ever becomes `.key(.character)`, even if it is split
/// anywhere by up to 500 ms, and no Esc that a person typed is lost.
///
/// - `Esc` followed by nothing for 50 ms is the key. An introducer (`[`, `O`, `]`, `P`, `X`, `^`, `_`) that arrives
///   later, up to 500 ms after the Esc, still starts a sequence. A key from such a sequence is `.unknown`, because the
///   Esc was already acted on; a paste, an answer and a mouse report keep their meaning. If a person types such a
///   letter that soon after Esc, it is reported after 500 ms without another byte; if another byte follows at once, the
///   letter and what follows it are lost.
/// - A sequence ends with its final byte, after 500 ms of silence (`.unknown`), or when another Esc starts one. Ctrl-C
///   ends it and is a key, so that a sequence without an end never locks anybody out.
/// - Known keys are in `ControlSequence`; answers of the terminal are `.answer`; the rest is `.unknown`.
/// - `Esc` and a key read together are `.alt`, and so are Esc and a key's sequence: over a slow line and through tmux,
///   which waits half a second, Esc and a key typed after it arrive in the same way. A caller without such an Alt key
///   handles it as Esc and that key. An introducer that nothing follows is such a key, too; of a sequence that never
///   ends, the Esc is reported. `Esc Tab` is Shift-Tab if the terminal says so.
/// - A key that arrived after an Esc in one burst is `.keyBehindEscape`; the burst ends after 50 ms of silence.
/// - A paste ends with its end marker; bytes beyond the limit are dropped. After 2 s of silence the part that arrived
///   is reported, and what follows is still pasted, because a slow line may stall. From then on Ctrl-C ends it, or a
///   minute of silence. Nothing in a paste is a key.
/// - The introducers among the C1 controls, in UTF-8 or as single bytes, start the sequence of `Esc` and their letter.
/// - Bytes that aren't text in the encoding are `.undecodable`, another C1 control is `.unknown`.
public struct InputDecoder: Sendable {
  /// The silence after a lone Esc.
  static let escapeSilence = Duration.milliseconds(50)
  /// The silence that ends a sequence or a character.
  public static let sequenceSilence = Duration.milliseconds(500)
  /// The silence after which a stalled paste is reported.
  static let pasteSilence = Duration.seconds(2)
  /// The silence that ends a paste without an end marker.
  static let pasteEndSilence = Duration.seconds(60)

  enum State: Equatable {
    case ground
    /// In a character of several bytes.
    case text(isAlt: Bool)
    case escape
    /// After Esc Esc.
    case escapeTwice
    /// Esc was reported; its sequence may still follow.
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
    /// A part of a paste was reported, and the rest may follow.
    case stalledPaste
  }

  let pasteLimit: Int
  let encoding: TextEncoding
  /// Whether the terminal sends `Esc Tab` for Shift-Tab.
  let escapeTabIsBackTab: Bool
  var state = State.ground
  /// When the last byte was read.
  private var lastRead: ContinuousClock.Instant?
  /// The bytes of the sequence or character so far, including its Esc; of a long one only the beginning.
  var bytes: [UInt8] = []
  var isTooLong = false
  /// Whether the sequence's Esc was already reported as a key.
  var isLate = false
  /// Whether the sequence followed an Esc, as for Alt with a key.
  var isAlt = false
  /// Whether it started with a C1 control.
  var isC1 = false
  /// Whether there was a pause after its introducer, as when a person types.
  var isPaused = false
  /// Whether its key is dropped, because it started before its target was visible.
  var isAbandoned = false
  /// Whether the last key arrived after an Esc in one burst.
  var isBehindEscape = false
  /// A byte that arrived alone and late after Esc: the start of a sequence, or a letter that was typed.
  var lateIntroducer: UInt8?
  var pasted: [UInt8] = []
  /// How many bytes of the end marker the paste's last bytes match.
  var pasteEndMatch = 0
  /// Whether the paste is dropped, because it started before its target was visible.
  var isPasteAbandoned = false

  /// - Parameters:
  ///   - pasteLimit: the most bytes of a paste that are kept.
  ///   - encoding: the encoding of the terminal's input.
  ///   - escapeTabIsBackTab: whether the terminal sends `Esc Tab` for Shift-Tab (terminfo's `kcbt`).
  public init(pasteLimit: Int = 1 << 20, encoding: TextEncoding = .utf8, escapeTabIsBackTab: Bool = false) {
    self.pasteLimit = pasteLimit
    self.escapeTabIsBackTab = escapeTabIsBackTab
    self.encoding = encoding
  }

  /// When to call `settle(at:)`, if no byte arrives before; nil if nothing is pending.
  public var deadline: ContinuousClock.Instant? {
    guard let lastRead else { return nil }
    switch state {
    case .ground, .toldEscape, .stalledPaste: return nil
    case .escape, .escapeTwice: return lastRead + Self.escapeSilence
    case .paste: return lastRead + Self.pasteSilence
    default: return lastRead + Self.sequenceSilence
    }
  }

  /// Decodes bytes. Incomplete input waits for more, or for `deadline`.
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

  /// Decodes the pending bytes after the deadline has passed without more.
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
      // The Esc doesn't end the string.
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

  /// Drops the rest of a partial sequence or paste: it started before its target was visible.
  ///
  /// - Parameter dropsEscape: whether an undecided Esc is dropped, too; otherwise it remains a key.
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
