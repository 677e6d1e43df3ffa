extension InputDecoder {
  mutating func begin(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    isAbandoned = false
    switch byte {
    case 0x1B: state = .escape
    case 0x80...: beginText(byte, isAlt: false, into: &events)
    default: tell(byte, into: &events)
    }
  }

  mutating func afterEscape(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    if introduce(byte, isLate: false) { return }
    switch byte {
    case 0x1B: state = .escapeTwice
    case 0x09 where escapeTabIsBackTab: tell(.backTab, into: &events)
    // Ctrl-C ends everything.
    case 0x03:
      tell(.escape, into: &events)
      tell(byte, into: &events)
    case 0x80...: beginText(byte, isAlt: true, into: &events)
    default:
      if let key = Key(ascii: byte) { return tell(.alt(key), into: &events) }
      tell(.escape, into: &events)
      events.append(.unknown([byte]))
    }
  }

  mutating func afterTwoEscapes(_ byte: UInt8, into events: inout [TerminalEvent]) {
    state = .ground
    // rxvt, PuTTY and iTerm2 send this for Alt with a key that has a sequence.
    if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O"), introduce(byte, isLate: false) {
      isAlt = true
    } else {
      tell(.escape, into: &events)
      afterEscape(byte, into: &events)
    }
  }

  /// Reports a key, and whether it arrived in one burst with an Esc.
  mutating func tell(_ key: Key, into events: inout [TerminalEvent]) {
    switch key {
    case .escape, .alt:
      events.append(.key(key))
      isBehindEscape = true
    case .control("c"): events.append(.key(key))
    default: events.append(isBehindEscape ? .keyBehindEscape(key) : .key(key))
    }
  }

  private mutating func tell(_ byte: UInt8, into events: inout [TerminalEvent]) {
    guard let key = Key(ascii: byte) else { return events.append(.unknown([byte])) }
    tell(key, into: &events)
  }

  private mutating func beginText(_ byte: UInt8, isAlt: Bool, into events: inout [TerminalEvent]) {
    if !isAlt, encoding.isUTF8, introduce(c1: UInt32(byte)) { return }
    bytes = [byte]
    state = .text(isAlt: isAlt)
    if encoding.reading(of: bytes) != .incomplete { endText(into: &events, since: events.count) }
  }

  mutating func continueText(_ byte: UInt8, into events: inout [TerminalEvent], since: Int) {
    let reading = encoding.reading(of: bytes + [byte])
    // A byte that can't belong to the character starts something else.
    if reading == .invalid, !(encoding.isUTF8 && 0x80...0xBF ~= byte) {
      endText(into: &events, since: since)
      begin(byte, into: &events)
      return
    }
    bytes.append(byte)
    if reading != .incomplete { endText(into: &events, since: since) }
  }

  /// Reports a character of several bytes, complete or not. If it combines with the character read before it in the
  /// same call, it is joined to it: keys are grapheme clusters.
  mutating func endText(into events: inout [TerminalEvent], since: Int) {
    var isAlt = false
    if case .text(true) = state { isAlt = true }
    state = .ground
    guard case .text(let text) = encoding.reading(of: bytes), text.count == 1, let scalar = text.unicodeScalars.first
    else {
      if isAlt { tell(.escape, into: &events) }
      events.append(.undecodable(bytes))
      return
    }
    if isAlt {
      tell(.alt(.character(Character(text))), into: &events)
    } else if introduce(c1: scalar.value) {
      return
    } else if scalar.value < 0xA0 {
      events.append(.unknown(bytes))
    } else if events.count > since, case .character(let before)? = events.last?.key,
      (String(before) + text).count == 1
    {
      events.removeLast()
      tell(.character(Character(String(before) + text)), into: &events)
    } else {
      tell(.character(Character(text)), into: &events)
    }
  }
}

extension Key {
  /// The key for a byte below 0x80 that starts no sequence; nil for a byte that no known key sends.
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

extension InputDecoder {
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  mutating func beginPaste() {
    state = .paste
    pasted = []
    pasteEndMatch = 0
    isPasteAbandoned = false
  }

  mutating func continuePaste(_ byte: UInt8, into events: inout [TerminalEvent]) {
    if byte == Self.pasteEnd[pasteEndMatch] {
      pasteEndMatch += 1
      if pasteEndMatch == Self.pasteEnd.count { endPaste(into: &events) }
      return
    }
    for matched in Self.pasteEnd.prefix(pasteEndMatch) { keepPasted(matched) }
    // The first byte of the marker occurs only once in it.
    pasteEndMatch = byte == Self.pasteEnd[0] ? 1 : 0
    if pasteEndMatch == 0 { keepPasted(byte) }
  }

  private mutating func keepPasted(_ byte: UInt8) {
    if pasted.count < pasteLimit { pasted.append(byte) }
  }

  private mutating func endPaste(into events: inout [TerminalEvent]) {
    state = .ground
    pasteEndMatch = 0
    tellPaste(into: &events)
  }

  /// Reports the part of a stalled paste that has arrived. An incomplete character or end marker is kept until its rest
  /// arrives.
  mutating func tellStalledPaste(into events: inout [TerminalEvent]) {
    let begun = (1...3).first { encoding.reading(of: pasted.suffix($0)) == .incomplete }
    let rest = Array(pasted.suffix(begun ?? 0))
    pasted.removeLast(rest.count)
    tellPaste(into: &events)
    pasted = rest
  }

  /// Reports the pasted text, unless the paste was abandoned.
  private mutating func tellPaste(into events: inout [TerminalEvent]) {
    defer { pasted = [] }
    guard !isPasteAbandoned else { return }
    let (text, invalid) = encoding.decode(pasted)
    events.append(.paste(text))
    if !invalid.isEmpty { events.append(.undecodable(invalid)) }
  }
}
