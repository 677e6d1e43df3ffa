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
    // The marker's first byte is nowhere else in it.
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

  /// Tells what came until now of a paste that stalls. What is there of a character, or of the end marker, waits for the
  /// rest of it.
  mutating func tellStalledPaste(into events: inout [TerminalEvent]) {
    let begun = (1...3).first { encoding.reading(of: pasted.suffix($0)) == .incomplete }
    let rest = Array(pasted.suffix(begun ?? 0))
    pasted.removeLast(rest.count)
    tellPaste(into: &events)
    pasted = rest
  }

  /// Tells what was pasted, if it is for somebody.
  private mutating func tellPaste(into events: inout [TerminalEvent]) {
    defer { pasted = [] }
    guard !isPasteAbandoned else { return }
    let (text, invalid) = encoding.decode(pasted)
    events.append(.paste(text))
    if !invalid.isEmpty { events.append(.undecodable(invalid)) }
  }
}
