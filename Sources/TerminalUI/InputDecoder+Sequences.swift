extension InputDecoder {
  private static let longestControlSequence = 64
  static let longestString = 4096

  /// Begins the sequence that `byte` introduces after Esc, if it does.
  mutating func introduce(_ byte: UInt8, isLate: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .singleShift
    // A person types these soon after Esc: `/` filters.
    case UInt8(ascii: "N") where !isLate: state = .singleShift
    case 0x20...0x2F where !isLate: state = .intermediate
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .string
    default: return false
    }
    bytes = [0x1B, byte]
    isTooLong = false
    self.isLate = isLate
    lateIntroducer = isLate ? byte : nil
    return true
  }

  mutating func continueControl(_ byte: UInt8, into events: inout [TerminalEvent]) {
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
    if bytes == Array("\u{1B}[200~".utf8) { return beginPaste() }
    finish(with: ControlSequence(bytes).event, into: &events)
  }

  /// Takes button, column and row. A place beyond what a byte can say is 0 in xterm, and where the terminal was told to
  /// say it in UTF-8, two bytes.
  mutating func continueMouse(_ byte: UInt8, into events: inout [TerminalEvent]) {
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

  mutating func continueSingleShift(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if isForeign(byte, into: &events) { return }
    keep(byte, upTo: Self.longestControlSequence)
    // Some terminals put a modifier before the final byte.
    if 0x30...0x3B ~= byte { return }
    finish(with: ControlSequence(bytes).event, into: &events)
  }

  /// Ends the sequence at a byte that is no printable ASCII, which begins something else.
  private mutating func isForeign(_ byte: UInt8, into events: inout [TerminalEvent]) -> Bool {
    if 0x20..<0x7F ~= byte { return false }
    endUnknown(into: &events)
    begin(byte, into: &events)
    return true
  }

  mutating func continueIntermediate(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if isForeign(byte, into: &events) { return }
    keep(byte, upTo: Self.longestControlSequence)
    if byte >= 0x30 { endUnknown(into: &events) }
  }

  /// Begins the sequence that a C1 control introduces, if it does: each is `Esc` and a letter in one.
  mutating func introduce(c1 value: UInt32) -> Bool {
    switch value {
    case 0x8E, 0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F: introduce(UInt8(value - 0x40), isLate: false)
    default: false
    }
  }

  mutating func continueString(_ byte: UInt8, into events: inout [TerminalEvent]) {
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

  mutating func keep(_ byte: UInt8, upTo limit: Int) {
    if bytes.count < limit { bytes.append(byte) } else { isTooLong = true }
  }

  mutating func endUnknown(into events: inout [TerminalEvent]) {
    finish(with: .unknown(bytes), into: &events)
  }

  mutating func finish(with event: TerminalEvent, into events: inout [TerminalEvent]) {
    state = .ground
    if case .key = event, isLate {
      events.append(.unknown(bytes))
    } else {
      events.append(isTooLong ? .unknown(bytes) : event)
    }
  }
}
