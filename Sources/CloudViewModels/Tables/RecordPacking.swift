import CloudAPI

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
