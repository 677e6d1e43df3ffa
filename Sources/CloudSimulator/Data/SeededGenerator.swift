/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine, with direct access to any
/// index.
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A separate generator for one record, which doesn't depend on the records before it.
  init(seed: UInt64, stream: Int) {
    self.init(seed: seed)
    state = next() &+ UInt64(bitPattern: Int64(stream)) &* 0xD1B5_4A32_D192_ED03
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to the bound, exclusive.
  mutating func next(below bound: Int) -> Int {
    Int(next() % UInt64(max(bound, 1)))
  }

  /// One of the elements, of which there must be at least one.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[next(below: elements.count)]
  }

  /// A moment in the years 2018 to 2024.
  mutating func timestamp() -> Timestamp {
    let start = 1_514_764_800
    let sevenYears = 220_924_800
    return Timestamp(microseconds: (start + next(below: sevenYears)) * 1_000_000 + next(below: 1_000_000))
  }
}
