import CloudAPI

/// Records in the order of the API, in chunks: copies share the chunks, and a change copies only one.
public struct RecordList<Record: Sendable>: RandomAccessCollection, Sendable {
  /// The most records in a chunk.
  static var chunkSize: Int { 1 << 10 }

  private(set) var chunks: [RecordChunk<Record>] = []
  /// The place of each chunk's first record.
  private(set) var starts: [Int] = []
  public private(set) var count = 0
  private let packing: RecordPacking<Record>?

  /// - Parameter packing: how records are packed as bytes; `nil` to keep them unpacked.
  public init(packing: RecordPacking<Record>? = nil) {
    self.packing = packing
  }

  public init(_ records: [Record]) {
    self.init()
    append(contentsOf: records)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> Record {
    let chunk = chunk(of: position)
    return chunks[chunk][position - starts[chunk]]
  }

  /// The id of a record, read without unpacking the record.
  func id(at position: Int) -> Record.ID where Record: Identifiable, Record.ID == Identifier<Record> {
    let chunk = chunk(of: position)
    return chunks[chunk].id(at: position - starts[chunk])
  }

  /// The index of the chunk that holds a record. Only chunks that records were removed from are not full, so the first
  /// guess is usually right.
  func chunk(of position: Int) -> Int {
    precondition(position >= 0 && position < count, "There is no record at that place.")
    var chunk = position / Self.chunkSize
    while chunk + 1 < starts.count, starts[chunk + 1] <= position { chunk += 1 }
    return chunk
  }

  mutating func append(contentsOf records: [Record]) {
    var rest = records[...]
    while !rest.isEmpty {
      if chunks.last.map({ $0.count == Self.chunkSize }) ?? true {
        starts.append(count)
        chunks.append(RecordChunk(packing: packing, after: chunks.last))
      }
      let last = chunks.count - 1
      let part = rest.prefix(Self.chunkSize - chunks[last].count)
      chunks[last].append(contentsOf: part)
      if chunks[last].count == Self.chunkSize { chunks[last].compact() }
      count += part.count
      rest = rest.dropFirst(part.count)
    }
  }

  mutating func replace(at position: Int, with record: Record) {
    let chunk = chunk(of: position)
    chunks[chunk].replace(at: position - starts[chunk], with: record)
  }

  mutating func remove(_ left: PlacesLeft) {
    var start = 0
    for chunk in chunks.indices {
      let range = starts[chunk]..<starts[chunk] + chunks[chunk].count
      let gone = left.removed(in: range)
      if !gone.isEmpty { chunks[chunk].remove(gone.map { $0 - range.lowerBound }) }
      starts[chunk] = start
      start += chunks[chunk].count
    }
    count = start
  }
}
