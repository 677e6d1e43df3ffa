import Synchronization

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

extension Array {
  /// So many elements, and an eighth more.
  var countWithReserve: Int { count + count / 8 }

  /// Gives back the memory that further elements would have gone into, where that is much.
  mutating func compact() {
    guard capacity > countWithReserve + countWithReserve / 8 else { return }
    self = withUnsafeBufferPointer { Array($0) }
  }
}

/// Lets go of a value away from the main actor: that of a hundred thousand records takes milliseconds.
final class DeferredRelease<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: Value) {
    self.value = Mutex(value)
  }

  /// The value is gone some time after its other owners let go of it, too.
  @concurrent
  func end() async {
    value.withLock { $0 = nil }
  }
}
