/// Finds records by id: a hash table of places with open addressing, much smaller than a dictionary.
///
/// It stores no ids: the caller compares them, only for records whose hashes are equal.
struct RecordIndex: Sendable {
  private static let free = UInt32.max
  /// A slot whose record was removed.
  private static let gone = UInt32.max - 1

  /// Places of records, each in the first free slot from the one that its hash selects.
  private var slots: [UInt32] = []
  /// The lower 32 bits of the hash of each record's id.
  private var hashes: [UInt32] = []
  /// The number of slots that are not free.
  private var used = 0

  /// The place of the first record with an id.
  ///
  /// - Parameter isFound: whether the record at a place has the id.
  func place(of id: some Hashable, isFound: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let hash = Self.hash(of: id)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != Self.free {
      if slots[slot] != Self.gone, case let place = Int(slots[slot]), hashes[place] == hash, isFound(place) {
        return place
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds the id of the next record.
  mutating func append(_ id: some Hashable) {
    hashes.append(Self.hash(of: id))
    if (used + 1) * 3 > slots.count * 2 { grow() } else { add(hashes.count - 1) }
  }

  /// Removes the records that were removed from the table.
  mutating func remove(_ left: PlacesLeft) {
    for slot in slots.indices where slots[slot] < Self.gone {
      slots[slot] = left[Int(slots[slot])].map { UInt32($0) } ?? Self.gone
    }
    var hashes: [UInt32] = []
    hashes.reserveCapacity(self.hashes.count)
    for place in self.hashes.indices where left[place] != nil { hashes.append(self.hashes[place]) }
    self.hashes = hashes
  }

  private mutating func add(_ place: Int) {
    var slot = Int(hashes[place]) & (slots.count - 1)
    while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(place)
    used += 1
  }

  private mutating func grow() {
    slots = Array(repeating: Self.free, count: max(16, slots.count * 2))
    used = 0
    for place in hashes.indices { add(place) }
  }

  private static func hash(of id: some Hashable) -> UInt32 {
    UInt32(truncatingIfNeeded: id.hashValue)
  }
}
