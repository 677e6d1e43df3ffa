import TestSupport

/// Escape sequences that terminals send, and others that none sends; the same for the same seed.
public struct EscapeSequences {
  private var random: SeededGenerator

  public init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// Sequences of known terminals: keys, mouse reports, pastes and answers to queries.
  public static let known: [[UInt8]] = (keys + reports + answers).map { Array($0.utf8) } + oldMouseReports

  private static let keys = arrows + numbered + others

  private static var arrows: [String] {
    var keys: [String] = []
    for final in "ABCDHFPQRS" {
      keys += ["\u{1B}O\(final)", "\u{1B}O5\(final)"]
      if final < "P" { keys.append("\u{1B}[\(final)") }
      for modifier in 2...16 { keys.append("\u{1B}[1;\(modifier)\(final)") }
    }
    return keys
  }

  private static var numbered: [String] {
    (1...34).flatMap { code in
      ["\u{1B}[\(code)~", "\u{1B}[\(code);5~", "\u{1B}[\(code)^"]
    }
  }

  private static let others = [
    "\u{1B}[Z", "\u{1B}OM", "\u{1B}[[A", "\u{1B}[[E", "\u{1B}[a", "\u{1B}Oa", "\u{1B}[97;5u", "\u{1B}[27;5;68~",
    "\u{1B}[68;1:3u", "\u{1B}[1;1:3D", "\u{1B}[I", "\u{1B}[O",
  ]

  private static let reports = [
    "\u{1B}[<0;10;10M", "\u{1B}[<0;10;10m", "\u{1B}[<64;223;1M", "\u{1B}[<35;0;0M", "\u{1B}[<0;99999;99999M",
    "\u{1B}[32;10;10M", "\u{1B}[96;300;68M", "\u{1B}[200~DyD\ry\u{1B}[201~", "\u{1B}[200~\u{1B}[D q\u{1B}[201~",
    "\u{1B}[200~\u{1B}[201~",
  ]

  private static let answers = [
    "\u{1B}[?62;22c", "\u{1B}[>41;354;0c", "\u{1B}P!|00000000\u{1B}\\", "\u{1B}[?2026;2$y", "\u{1B}[4;1$y",
    "\u{1B}]4;1;rgb:cdcd/0000/0000\u{1B}\\", "\u{1B}]10;rgb:DDDD/dddd/dddd\u{7}",
    "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\",
    "\u{1B}]52;c;RGVsZXRl\u{7}", "\u{1B}[12;40R", "\u{1B}[?12;40R", "\u{1B}[?1u", "\u{1B}P1+r544e=787465726D\u{1B}\\",
    "\u{1B}P0+r\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}P>|XTerm(390)\u{1B}\\", "\u{1B}_Gi=31;OK\u{1B}\\",
    "\u{1B}[0n", "\u{1B}[4;600;800t", "\u{1B}[8;24;80t", "\u{1B}]lDelete\u{1B}\\", "\u{1B}[?997;1n", "\u{1B}^D\u{1B}\\",
    "\u{1B}XD\u{1B}\\",
  ]

  private static let oldMouseReports: [[UInt8]] = [
    [0x20, 0x21, 0x21], [0x23, 0x44, 0x44], [0x60, 0x71, 0xFF], [0x20, 0xFF, 0xFF], [0x20, 0, 0x44], [0x20, 0x44, 0],
    [0x20, 0xC3, 0x84, 0x44], [0x20, 0x44, 0xC4, 0x80],
  ].map { Array("\u{1B}[M".utf8) + $0 }

  /// A sequence of a random kind; one in three is a known one.
  public mutating func next() -> [UInt8] {
    switch random.number(below: 9) {
    case 0...2: Self.known[random.number(below: Self.known.count)]
    case 3...5: controlSequence()
    case 6: Array("\u{1B}O".utf8) + bytes(upTo: 2, from: 0x30...0x3B) + bytes(1, from: 0x40...0x7E)
    case 7:
      Array("\u{1B}]".utf8) + bytes(upTo: 30, from: 0x20...0x7E) + (random.number(below: 2) == 0 ? [7] : [0x1B, 0x5C])
    default: [0x1B, Array("PX^_".utf8)[random.number(below: 4)]] + bytes(upTo: 30, from: 0x20...0x7E) + [0x1B, 0x5C]
    }
  }

  private mutating func controlSequence() -> [UInt8] {
    while true {
      let sequence =
        Array("\u{1B}[".utf8) + bytes(upTo: 10, from: 0x30...0x3F) + bytes(upTo: 2, from: 0x20...0x2F)
        + bytes(1, from: 0x40...0x7E)
      // These two start something longer.
      let isWhole = sequence.count > 3 || ![UInt8(ascii: "M"), UInt8(ascii: "[")].contains(sequence[2])
      if isWhole, sequence != Array("\u{1B}[200~".utf8) { return sequence }
    }
  }

  private mutating func bytes(upTo count: Int, from range: ClosedRange<UInt8>) -> [UInt8] {
    bytes(random.number(below: count + 1), from: range)
  }

  private mutating func bytes(_ count: Int, from range: ClosedRange<UInt8>) -> [UInt8] {
    (0..<count).map { _ in range.lowerBound + UInt8(random.number(below: range.count)) }
  }
}
