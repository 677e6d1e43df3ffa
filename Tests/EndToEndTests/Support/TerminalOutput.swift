/// What a program wrote to its terminal, taken apart strictly: sequences, controls and characters.
struct TerminalOutput {
  /// Each kind of sequence that was used. Those that move, erase or repeat are told by their final byte alone, those that
  /// say how characters look by each of the things they say; of the others every byte counts.
  private(set) var sequences: Set<String> = []
  /// Characters that no terminal should be sent: C1, what reorders and what hides.
  private(set) var forbidden: [Unicode.Scalar] = []

  /// What ncurses may write between any two frames: moves, erasures, and ends of looks. Which of them it takes depends on how
  /// many frames there were, and so on the time.
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
    // The cursor goes up, or is remembered and put back.
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
    // A colour of 256 takes three parameters.
    let colours = parameters.matches(of: /[34]8;5;[0-9]+/).map(\.output)
    let others = parameters.replacing(/[34]8;5;[0-9]+/, with: "").split(separator: ";")
    for look in colours + others { sequences.insert("Esc [\(look)m") }
  }
}
