extension InputDecoder {
  mutating func begin(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x80...:
      if introduce(c1: UInt32(byte)) { return }
      bytes = [byte]
      state = .text(isAlt: false)
      if Self.length(ofCharacterStartingWith: byte) == 1 { endText(into: &events, since: events.count) }
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
    default:
      bytes = [byte]
      state = .text(isAlt: true)
      if Self.length(ofCharacterStartingWith: byte) == 1 { endText(into: &events, since: events.count) }
    }
  }

  mutating func continueText(_ byte: UInt8, into events: inout [TerminalEvent], since: Int) {
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
  mutating func endText(into events: inout [TerminalEvent], since: Int) {
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
    } else if introduce(c1: scalar.value) {
      return
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
