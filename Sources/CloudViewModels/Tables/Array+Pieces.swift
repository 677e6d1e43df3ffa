extension [UInt8] {
  /// The bytes without some of the pieces that they are made of, and where those that are left begin.
  ///
  /// - Parameters:
  ///   - removed: the numbers of pieces, ascending.
  ///   - count: of the pieces.
  ///   - piece: where each stands.
  func withoutPieces(
    _ removed: [Int], of count: Int, at piece: (Int) -> Range<Int>
  ) -> (bytes: [UInt8], starts: [UInt32]) {
    var left: (bytes: [UInt8], starts: [UInt32]) = ([], [])
    left.bytes.reserveCapacity(self.count)
    left.starts.reserveCapacity(count)
    var next = removed[...]
    for number in 0..<count {
      guard number != next.first else {
        next = next.dropFirst()
        continue
      }
      left.starts.append(UInt32(left.bytes.count))
      left.bytes += self[piece(number)]
    }
    return left
  }
}
