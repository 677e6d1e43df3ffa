import CloudAPI

/// Consecutive records of a list, packed as bytes or not.
struct RecordChunk<Record: Sendable>: Sendable {
  private let packing: RecordPacking<Record>?
  /// Empty if records are packed.
  private var records: [Record] = []
  private var bytes: [UInt8] = []
  /// The start offset of each packed record.
  private var starts: [UInt32] = []

  /// - Parameter previous: a full chunk, from which the memory to reserve is estimated.
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

  /// - Parameter places: in ascending order.
  mutating func remove(_ places: [Int]) {
    guard packing != nil else {
      for place in places.reversed() { records.remove(at: place) }
      return
    }
    // Removes bytes: unpacking all records would cost more than everything else here.
    (bytes, starts) = bytes.withoutPieces(places, of: count) { [starts, end = bytes.count] place in
      Int(starts[place])..<(place + 1 < starts.count ? Int(starts[place + 1]) : end)
    }
  }

  /// Releases the memory reserved for further records.
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

/// How records are packed as bytes, for lists that may be very long: packed records take half the memory and are freed
/// at once.
public struct RecordPacking<Record: Sendable>: Sendable {
  /// Appends a record.
  let pack: @Sendable (Record, inout [UInt8]) -> Void
  /// Unpacks the record at an offset.
  let unpack: @Sendable ([UInt8], Int) -> Record
  /// Reads the id of the record at an offset.
  let id: @Sendable ([UInt8], Int) -> Identifier<Record>
}

extension RecordPacking where Record: PackedRecord {
  /// The packing that the model implements itself.
  public static var own: RecordPacking {
    RecordPacking(
      pack: { record, bytes in
        // The writer must be the only owner of the bytes, or it would copy them.
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
