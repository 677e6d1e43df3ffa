/// Finds records by id: a table of places with open addressing, a fraction of the size of a dictionary.
///
/// It holds no ids: whoever asks compares them, which is needed where their hashes are equal alone.
struct RecordIndex: Sendable {
  /// A place and half of the id's hash.
  private struct Slot {
    static let free = UInt32.max
    /// Of a record that was taken away.
    static let gone = UInt32.max - 1

    var place: UInt32
    let hash: UInt32
  }

  private var slots: [Slot] = []
  /// Slots that aren't free.
  private var used = 0

  /// The first record of that id.
  ///
  /// - Parameter isFound: whether the record at a place has it.
  func place(of id: some Hashable, isFound: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let hash = Self.hash(of: id)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot].place != Slot.free {
      let place = slots[slot].place
      if slots[slot].hash == hash, place != Slot.gone, isFound(Int(place)) { return Int(place) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Takes in the id of the record at a place, which comes after those before it where they have the same.
  mutating func insert(_ id: some Hashable, at place: Int) {
    if (used + 1) * 3 > slots.count * 2 { grow() }
    add(Slot(place: UInt32(place), hash: Self.hash(of: id)))
  }

  /// Forgets the record that stood at a place; those behind it move up.
  mutating func remove(_ place: Int) {
    for slot in slots.indices where slots[slot].place < Slot.gone && slots[slot].place >= place {
      slots[slot].place = slots[slot].place == place ? Slot.gone : slots[slot].place - 1
    }
  }

  private mutating func add(_ new: Slot) {
    var slot = Int(new.hash) & (slots.count - 1)
    while slots[slot].place != Slot.free { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = new
    used += 1
  }

  /// In the order of places, so that of two records with one id the first is found first.
  private mutating func grow() {
    let old = slots.filter { $0.place < Slot.gone }.sorted { $0.place < $1.place }
    slots = Array(repeating: Slot(place: Slot.free, hash: 0), count: max(16, slots.count * 2))
    used = 0
    for slot in old { add(slot) }
  }

  private static func hash(of id: some Hashable) -> UInt32 {
    UInt32(truncatingIfNeeded: id.hashValue)
  }
}
