import CloudAPI

/// Some records that follow one another, as they are or as bytes.
struct RecordChunk<Record: Sendable>: Sendable {
  private let packing: RecordPacking<Record>?
  /// Empty where records are packed.
  private var records: [Record] = []
  private var bytes: [UInt8] = []
  /// Where each packed record begins.
  private var starts: [UInt32] = []

  /// - Parameter previous: a full one, which tells how much memory this one will take.
  init(packing: RecordPacking<Record>?, after previous: RecordChunk?) {
    self.packing = packing
    guard let previous else { return }
    records.reserveCapacity(previous.records.count)
    bytes.reserveCapacity(previous.bytes.countWithReserve)
    starts.reserveCapacity(previous.starts.count)
  }

  var count: Int { packing == nil ? records.count : starts.count }

  subscript(place: Int) -> Record {
    guard let packing else { return records[place] }
    return packing.unpack(bytes, Int(starts[place]))
  }

  func id(at place: Int) -> Record.ID where Record: Identifiable, Record.ID == Identifier<Record> {
    guard let packing else { return records[place].id }
    return packing.id(bytes, Int(starts[place]))
  }

  mutating func append(contentsOf new: some Sequence<Record>) {
    guard let packing else { return records.append(contentsOf: new) }
    for record in new {
      starts.append(UInt32(bytes.count))
      packing.pack(record, &bytes)
    }
  }

  mutating func replace(at place: Int, with record: Record) {
    guard packing != nil else {
      records[place] = record
      return
    }
    change { $0[place] = record }
  }

  /// - Parameter places: ascending.
  mutating func remove(_ places: [Int]) {
    guard packing != nil else {
      for place in places.reversed() { records.remove(at: place) }
      return
    }
    // As bytes: taking all records apart would cost more than the rest of it.
    (bytes, starts) = bytes.withoutPieces(places, of: count) { [starts, end = bytes.count] place in
      Int(starts[place])..<(place + 1 < starts.count ? Int(starts[place + 1]) : end)
    }
  }

  /// Gives back the memory that further records would have gone into.
  mutating func compact() {
    records.compact()
    bytes.compact()
    starts.compact()
  }

  private mutating func change(_ change: (inout [Record]) -> Void) {
    var records = (0..<count).map { self[$0] }
    change(&records)
    (bytes, starts) = ([], [])
    append(contentsOf: records)
  }
}

/// How records are kept as bytes, where there may be very many: as such they take half the memory, and are let go of at
/// once.
public struct RecordPacking<Record: Sendable>: Sendable {
  /// Appends a record.
  let pack: @Sendable (Record, inout [UInt8]) -> Void
  /// The record that stands at a place.
  let unpack: @Sendable ([UInt8], Int) -> Record
  /// The id of the record that stands at a place.
  let id: @Sendable ([UInt8], Int) -> Identifier<Record>
}

extension RecordPacking where Record: PackedRecord {
  /// As the model packs itself.
  public static var own: RecordPacking {
    RecordPacking(
      pack: { record, bytes in
        // The only owner of the bytes is who writes.
        var writer = RecordWriter(appendingTo: bytes)
        bytes = []
        record.write(to: &writer)
        bytes = writer.bytes
      },
      unpack: { bytes, place in
        var reader = RecordReader(bytes, at: place)
        return Record(from: &reader)
      },
      id: { bytes, place in
        var reader = RecordReader(bytes, at: place)
        return Record.id(from: &reader)
      })
  }
}
