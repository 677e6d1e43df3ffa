/// Finds records by id: a table of places with open addressing, a fraction of the size of a dictionary.
struct RecordIndex: Sendable {
  private static let free = UInt32.max
  /// Of a record that was taken away.
  private static let gone = UInt32.max - 1

  private var slots: [UInt32] = []
  /// Slots that aren't free.
  private var used = 0

  /// The first record of that id.
  func place<Record: Identifiable>(of id: Record.ID, in records: RecordList<Record>) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = id.hashValue & (slots.count - 1)
    while slots[slot] != Self.free {
      if slots[slot] != Self.gone, records[Int(slots[slot])].id == id { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Takes in the record at a place, unless another one has its id already.
  mutating func insert<Record: Identifiable>(_ place: Int, in records: RecordList<Record>) {
    if (used + 1) * 3 > slots.count * 2 { grow(records, before: place) }
    add(place, records)
  }

  /// Forgets the record that stood at a place; those behind it move up.
  mutating func remove(_ place: Int) {
    for slot in slots.indices where slots[slot] < Self.gone && slots[slot] >= place {
      slots[slot] = slots[slot] == place ? Self.gone : slots[slot] - 1
    }
  }

  private mutating func add<Record: Identifiable>(_ place: Int, _ records: RecordList<Record>) {
    let id = records[place].id
    var slot = id.hashValue & (slots.count - 1)
    while slots[slot] != Self.free {
      if slots[slot] != Self.gone, records[Int(slots[slot])].id == id { return }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(place)
    used += 1
  }

  private mutating func grow<Record: Identifiable>(_ records: RecordList<Record>, before end: Int) {
    slots = Array(repeating: Self.free, count: max(16, slots.count * 2))
    used = 0
    for place in 0..<end { add(place, records) }
  }
}
