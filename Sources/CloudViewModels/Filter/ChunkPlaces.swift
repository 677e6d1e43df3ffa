/// A set of records of one chunk, by their places in it.
///
/// A chunk has at most 1,024 records, so that the bits of a set fit in one value: sets are combined in nanoseconds.
struct ChunkPlaces: Hashable, Sendable {
  private var bits = SIMD16<UInt64>()

  init() {}

  /// All places below a count.
  init(all count: Int) {
    for lane in 0..<16 {
      let left = Swift.min(Swift.max(0, count - lane * 64), 64)
      bits[lane] = left == 64 ? .max : 1 << UInt64(left) - 1
    }
  }

  /// The places whose code has a 1 in a table.
  init(of codes: [UInt32], in table: [UInt64]) {
    codes.withUnsafeBufferPointer { codes in
      table.withUnsafeBufferPointer { table in
        for start in stride(from: 0, to: codes.count, by: 64) {
          var lane: UInt64 = 0
          for place in start..<Swift.min(start + 64, codes.count) {
            lane |= table[Int(codes[place])] << UInt64(place & 63)
          }
          bits[start >> 6] = lane
        }
      }
    }
  }

  /// Collects places in ascending order.
  struct Builder {
    private var built = ChunkPlaces()
    private var lane = 0
    private var bits: UInt64 = 0

    @inline(__always)
    mutating func append(_ place: Int) {
      if place >> 6 != lane {
        built.bits[lane] = bits
        (lane, bits) = (place >> 6, 0)
      }
      bits |= 1 << UInt64(place & 63)
    }

    var places: ChunkPlaces {
      var places = built
      places.bits[lane] = bits
      return places
    }
  }

  var isEmpty: Bool { bits == SIMD16<UInt64>() }

  var count: Int { (0..<16).reduce(0) { $0 + bits[$1].nonzeroBitCount } }

  mutating func insert(_ place: Int) { bits[place >> 6] |= 1 << UInt64(place & 63) }
  mutating func remove(_ place: Int) { bits[place >> 6] &= ~(1 << UInt64(place & 63)) }
  mutating func formUnion(_ other: ChunkPlaces) { bits |= other.bits }
  mutating func subtract(_ other: ChunkPlaces) { bits &= ~other.bits }

  func union(_ other: ChunkPlaces) -> ChunkPlaces {
    var union = self
    union.bits |= other.bits
    return union
  }

  func intersection(_ other: ChunkPlaces) -> ChunkPlaces {
    var common = self
    common.bits &= other.bits
    return common
  }

  func subtracting(_ other: ChunkPlaces) -> ChunkPlaces {
    var left = self
    left.subtract(other)
    return left
  }
}

extension ChunkPlaces: Sequence {
  /// The places in ascending order.
  struct Iterator: IteratorProtocol {
    private let bits: SIMD16<UInt64>
    private var lane = 0
    /// What is left of the lane.
    private var rest: UInt64

    fileprivate init(_ bits: SIMD16<UInt64>) {
      self.bits = bits
      rest = bits[0]
    }

    @inline(__always)
    mutating func next() -> Int? {
      while rest == 0 {
        lane += 1
        guard lane < 16 else { return nil }
        rest = bits[lane]
      }
      defer { rest &= rest - 1 }
      return lane * 64 + rest.trailingZeroBitCount
    }
  }

  func makeIterator() -> Iterator { Iterator(bits) }
}
