extension Array {
  /// So many elements, and an eighth more.
  var countWithReserve: Int { count + count / 8 }

  /// Gives back the memory that further elements would have gone into, where that is much.
  mutating func compact() {
    guard capacity > countWithReserve + countWithReserve / 8 else { return }
    self = withUnsafeBufferPointer { Array($0) }
  }
}
