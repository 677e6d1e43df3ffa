import TestSupport

/// Texts with every kind of character, also ones that no name should contain; the same for the same seed.
public struct RandomTexts: Sequence, IteratorProtocol {
  private var random: SeededGenerator

  /// Scripts, marks, signs, emoji, and characters that move, hide or reorder text.
  private static let ranges: [ClosedRange<UInt32>] = [
    0x20...0x7E, 0x20...0x7E, 0x00...0x1F, 0x7F...0x9F, 0xA0...0x24F, 0x300...0x36F, 0x370...0x52F, 0x590...0x6FF,
    0x700...0x8FF, 0x900...0x97F, 0xB80...0xBFF, 0xE00...0xEFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF,
    0x1E00...0x1FFF, 0x2000...0x206F, 0x20D0...0x20FF, 0x2100...0x23FF, 0x2460...0x27BF, 0x2900...0x2BFF,
    0x3000...0x30FF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xE000...0xE0FF, 0xF900...0xFAFF,
    0xFB1D...0xFDFF, 0xFE00...0xFE6F, 0xFEFF...0xFFEF, 0xFFF0...0xFFFF, 0x10000...0x1F000, 0x1F000...0x1F0FF,
    0x1F1E6...0x1F1FF, 0x1F300...0x1F5FF, 0x1F600...0x1F64F, 0x1F3FB...0x1F3FF, 0x1F900...0x1FAFF, 0x20000...0x20FFF,
    0xE0000...0xE01EF, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F,
  ]

  public init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// The next text, of up to 40 scalars from few ranges, because neighbours affect each other.
  public mutating func next() -> String? {
    var scalars = String.UnicodeScalarView()
    let ranges = (0...random.number(below: 3)).map { _ in Self.ranges[random.number(below: Self.ranges.count)] }
    for _ in 0..<random.number(below: 41) {
      let range = ranges[random.number(below: ranges.count)]
      guard let scalar = Unicode.Scalar(range.lowerBound + UInt32(random.number(below: range.count))) else { continue }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
