/// A program's output to its terminal, parsed strictly into sequences, controls and characters.
struct TerminalOutput {
  /// Each kind of sequence that was used. Sequences that move, erase or repeat are recorded by their final byte only,
  /// those that set attributes by each attribute; all others are recorded completely.
  private(set) var sequences: Set<String> = []
  /// Characters that must not be sent to a terminal: C1 controls, and characters that reorder or hide text.
  private(set) var forbidden: [Unicode.Scalar] = []

  /// Sequences that ncurses may write between any two frames: movements, erasures, and resets of attributes. Which of
  /// them it uses depends on the number of frames, and so on timing.
  static let betweenFrames = Set(movesAndErases.map { "Esc […\($0)" } + [0, 22, 24, 27, 39, 49].map { "Esc [\($0)m" })

  private static let movesAndErases = Set("ABCDGHJKPX@bdfr")

  init(_ bytes: [UInt8]) {
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 0x1B: takeSequence(&scalars)
      case ..<0x20, 0x7F: sequences.insert("control \(scalar.value)")
      case 0x80...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
        0xE0000...0xE0FFF:
        forbidden.append(scalar)
      default: break
      }
    }
  }

  private mutating func takeSequence(_ scalars: inout Substring.UnicodeScalarView) {
    var text = ""
    guard let kind = scalars.popFirst() else { return }
    text.unicodeScalars.append(kind)
    switch kind {
    // Moves the cursor up, or saves and restores it.
    case "M", "7", "8": return
    case "[":
      while let scalar = scalars.popFirst() {
        text.unicodeScalars.append(scalar)
        if 0x40...0x7E ~= scalar.value { break }
      }
      if text.last == "m", !"<=>?".contains(text.dropFirst().first ?? "?") {
        return takeLooks(text.dropFirst().dropLast())
      }
      if let final = text.last, Self.movesAndErases.contains(final) { text = "[…\(final)" }
    case "]", "P", "X", "^", "_":
      while let scalar = scalars.popFirst(), scalar.value != 7 {
        text.unicodeScalars.append(scalar)
        if text.hasSuffix("\u{1B}\\") { break }
      }
    case "(", ")", " ", "#":
      if let scalar = scalars.popFirst() { text.unicodeScalars.append(scalar) }
    default: break
    }
    sequences.insert("Esc \(text)")
  }

  private mutating func takeLooks(_ parameters: Substring) {
    // One of 256 colours takes three parameters.
    let colours = parameters.matches(of: /[34]8;5;[0-9]+/).map(\.output)
    let others = parameters.replacing(/[34]8;5;[0-9]+/, with: "").split(separator: ";")
    for look in colours + others { sequences.insert("Esc [\(look)m") }
  }
}
