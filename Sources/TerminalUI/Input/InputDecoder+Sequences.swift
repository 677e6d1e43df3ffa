extension InputDecoder {
  private static let longestControlSequence = 64
  static let longestString = 4096

  /// Starts the sequence that `byte` introduces after Esc; returns whether it introduces one.
  mutating func introduce(_ byte: UInt8, isLate: Bool) -> Bool {
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
    isAlt = false
    isC1 = false
    isPaused = false
    lateIntroducer = isLate ? byte : nil
    return true
  }

  mutating func continueControl(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if isInterrupted(by: byte, into: &events) { return }
    guard byte < 0x80 else {
      endUnfinished(into: &events)
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
      if isAlt { tell(.escape, into: &events) }
      return beginPaste()
    }
    finish(with: ControlSequence(bytes).event, into: &events)
  }

  /// Takes button, column and row. A position that doesn't fit into a byte is 0 in xterm, and two bytes in terminals
  /// that encode it in UTF-8.
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
    // A second byte of the row may follow.
    if hasWholeMouseReport, !(0xC2...0xDF ~= byte) { finish(with: ControlSequence(bytes).event, into: &events) }
  }

  private var hasWholeMouseReport: Bool {
    let report = bytes[3...]
    return report.count >= 3 + zip(report, report.dropFirst()).count { 0xC2...0xDF ~= $0 && 0x80...0xBF ~= $1 }
  }

  mutating func continueSingleShift(_ byte: UInt8, into events: inout [TerminalEvent]) {
    // Anything but printable ASCII starts something else.
    guard 0x20..<0x7F ~= byte else {
      endUnfinished(into: &events)
      begin(byte, into: &events)
      return
    }
    keep(byte, upTo: Self.longestControlSequence)
    // Some terminals put a modifier before the final byte.
    if 0x30...0x3B ~= byte { return }
    finish(with: ControlSequence(bytes).event, into: &events)
  }

  /// Starts the sequence that a C1 control introduces; returns whether it does. Each stands for `Esc` and a letter.
  mutating func introduce(c1 value: UInt32) -> Bool {
    switch value {
    case 0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F:
      guard introduce(UInt8(value - 0x40), isLate: false) else { return false }
      // No Esc was typed in this case.
      isC1 = true
      return true
    default: return false
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
    // Only an operating system command may end with BEL.
    if byte == 0x07, bytes[1] == UInt8(ascii: "]") { finish(with: .answer(bytes), into: &events) }
  }

  /// Ends the sequence at a byte that can't be part of one: a new Esc, Ctrl-C, or one of the two controls that cancel
  /// (ECMA-48).
  private mutating func isInterrupted(by byte: UInt8, into events: inout [TerminalEvent]) -> Bool {
    switch byte {
    case 0x1B, 0x03:
      endUnfinished(into: &events)
      begin(byte, into: &events)
    case 0x18, 0x1A:
      endUnfinished(into: &events)
    default: return false
    }
    return true
  }

  mutating func keep(_ byte: UInt8, upTo limit: Int) {
    if bytes.count < limit { bytes.append(byte) } else { isTooLong = true }
  }

  /// Ends an incomplete sequence. The user may have typed an Esc and letters: that Esc isn't lost.
  mutating func endUnfinished(into events: inout [TerminalEvent]) {
    if !isLate, !isC1, !isTooLong {
      if bytes.count == 2, !isAlt, !isAbandoned {
        state = .ground
        return tell(.alt(.character(Character(Unicode.Scalar(bytes[1])))), into: &events)
      }
      tell(.escape, into: &events)
    }
    endUnknown(into: &events)
  }

  mutating func endUnknown(into events: inout [TerminalEvent]) {
    finish(with: .unknown(bytes), into: &events)
  }

  mutating func finish(with event: TerminalEvent, into events: inout [TerminalEvent]) {
    state = .ground
    switch isTooLong ? TerminalEvent.unknown(bytes) : event {
    // A keypad key that arrived in pieces may be a typed Esc, `O` and letter.
    case .key where isLate || isAbandoned, .key(.keypad) where isPaused, .key(.enter) where isPaused,
      .key(.tab) where isPaused:
      if isAlt { tell(.escape, into: &events) }
      events.append(.unknown(bytes))
    case .key(let key) where isAlt && key.isPlain: tell(.alt(key), into: &events)
    case let event:
      if isAlt { tell(.escape, into: &events) }
      if let key = event.key { tell(key, into: &events) } else { events.append(event) }
    }
  }
}

extension Key {
  /// Whether Alt makes a different key of it.
  fileprivate var isPlain: Bool {
    switch self {
    case .alt, .escape: false
    default: true
    }
  }
}
