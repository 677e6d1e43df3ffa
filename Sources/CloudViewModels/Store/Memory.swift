import Synchronization

extension [UInt8] {
  /// The bytes without some of the pieces that they consist of, and the start offsets of the remaining pieces.
  ///
  /// - Parameters:
  ///   - removed: the indices of the pieces to remove, ascending.
  ///   - count: the number of pieces.
  ///   - piece: the byte range of a piece.
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

extension Array {
  /// The number of elements plus an eighth.
  var countWithReserve: Int { count + count / 8 }

  /// Releases the memory reserved for further elements if it is much.
  mutating func compact() {
    guard capacity > countWithReserve + countWithReserve / 8 else { return }
    self = withUnsafeBufferPointer { Array($0) }
  }
}

/// Releases a value off the main actor: for 100,000 records this takes milliseconds.
final class DeferredRelease<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: Value) {
    self.value = Mutex(value)
  }

  /// Releases the value; it is freed once all other owners have released it, too.
  @concurrent
  func end() async {
    value.withLock { $0 = nil }
  }
}
