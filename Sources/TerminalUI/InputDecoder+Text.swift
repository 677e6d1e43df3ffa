extension InputDecoder {
  mutating func begin(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x80...:
      if encoding.isUTF8, introduce(c1: UInt32(byte)) { return }
      beginText(byte, isAlt: false, into: &events)
    default: events.append(Key(ascii: byte).map { .key($0) } ?? .unknown([byte]))
    }
  }

  mutating func afterEscape(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    if introduce(byte, isLate: false) { return }
    switch byte {
    case 0x7F, 0x08: events.append(.key(.alt(Key.backspaceCharacter)))
    case ..<0x20:
      events.append(.key(.escape))
      begin(byte, into: &events)
    case ..<0x80: events.append(.key(.alt(Character(Unicode.Scalar(byte)))))
    default: beginText(byte, isAlt: true, into: &events)
    }
  }

  private mutating func beginText(_ byte: UInt8, isAlt: Bool, into events: inout [TerminalEvent]) {
    bytes = [byte]
    state = .text(isAlt: isAlt)
    if encoding.reading(of: bytes) != .incomplete { endText(into: &events, since: events.count) }
  }

  mutating func continueText(_ byte: UInt8, into events: inout [TerminalEvent], since: Int) {
    let reading = encoding.reading(of: bytes + [byte])
    // What can't belong to it begins something else.
    if reading == .invalid, !(encoding.isUTF8 && 0x80...0xBF ~= byte) {
      endText(into: &events, since: since)
      begin(byte, into: &events)
      return
    }
    bytes.append(byte)
    if reading != .incomplete { endText(into: &events, since: since) }
  }

  /// Tells a character of several bytes, whole or not. One that belongs to the character before it, read together with it,
  /// is joined to it: keys are grapheme clusters.
  mutating func endText(into events: inout [TerminalEvent], since: Int) {
    var isAlt = false
    if case .text(true) = state { isAlt = true }
    state = .ground
    guard case .text(let text) = encoding.reading(of: bytes), text.count == 1, let scalar = text.unicodeScalars.first
    else {
      events.append(isAlt ? .unknown([0x1B] + bytes) : .undecodable(bytes))
      return
    }
    if isAlt {
      events.append(.key(.alt(Character(text))))
    } else if introduce(c1: scalar.value) {
      return
    } else if scalar.value < 0xA0 {
      events.append(.unknown(bytes))
    } else if events.count > since, case .key(.character(let before))? = events.last,
      (String(before) + text).count == 1
    {
      events[events.count - 1] = .key(.character(Character(String(before) + text)))
    } else {
      events.append(.key(.character(Character(text))))
    }
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
