import FoundationEssentials

/// Reads a list of records while it arrives: plain records directly from the received bytes, others and those split
/// between chunks by way of their own JSON and `JSONDecoder`.
///
/// Its errors have the same words as those for a list that is decoded as a whole. It is stricter in one thing: it
/// refuses JSON that RFC 8259 doesn't allow everywhere, also in members that the model ignores.
struct ListReader<Record: ListRecord> {
  private enum State {
    /// Before the first `[`.
    case start
    /// After `[`.
    case elementOrEnd
    case element
    /// In an element that began in an earlier chunk or isn't plain.
    case unfinished(JSONScanner)
    case separator
    case end
    /// The body doesn't begin as a list in UTF-8 does: it is collected and then decoded as a whole.
    case other([UInt8])
  }

  /// The most bytes collected of a body that isn't a list, to say what it is.
  private static var longestOther: Int { 1 << 20 }

  private let name: String
  private let plain: PlainReading<Record>?
  private var state = State.start
  private var count = 0
  private var shared = SharedTexts()
  /// The number of records in the last chunk: capacity is reserved for as many in the next one.
  private var lastCount = 0
  /// The JSON of the records in the last chunk that weren't plain.
  private(set) var texts: [JSONText] = []

  /// - Parameter name: what the list holds, for errors: `users` makes `users[3].email is …`.
  init(name: String) {
    self.name = name
    plain = Record.plainReading
  }

  /// The records that end in this chunk.
  mutating func read(_ chunk: [UInt8]) throws(UnreadableAnswer) -> [Record] {
    texts = []
    var records: [Record] = []
    var index = chunk.startIndex
    while index < chunk.endIndex {
      switch state {
      case .other(var bytes):
        state = .start
        bytes.append(contentsOf: chunk[index...])
        guard bytes.count <= Self.longestOther else { throw reasonAgainst(bytes) }
        state = .other(bytes)
        return records
      case .unfinished(var scanner):
        state = .separator
        if let value = try Self.readValue(&scanner, chunk, &index) {
          records.append(try decode(value))
        } else {
          state = .unfinished(scanner)
        }
      case .start, .elementOrEnd, .element, .separator, .end:
        let byte = chunk[index]
        if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
          index += 1
        } else {
          try readToken(chunk, &index, &records)
        }
      }
    }
    return records
  }

  /// The records of a body that doesn't begin as a list; in most cases it throws why the body can't be read.
  mutating func finish() throws(UnreadableAnswer) -> [Record] {
    texts = []
    switch state {
    case .end: return []
    case .start: throw UnreadableAnswer(reason: "the response is empty")
    case .other(let bytes): return try decodeWhole(bytes)
    default: throw .invalidJSON
    }
  }

  private mutating func readToken(
    _ chunk: [UInt8], _ index: inout Int, _ records: inout [Record]
  ) throws(UnreadableAnswer) {
    switch (state, chunk[index]) {
    case (.start, UInt8(ascii: "[")): state = .elementOrEnd
    case (.start, _):
      state = .other([])
      return
    case (.elementOrEnd, UInt8(ascii: "]")), (.separator, UInt8(ascii: "]")): state = .end
    case (.separator, UInt8(ascii: ",")): state = .element
    case (.elementOrEnd, _), (.element, _):
      readPlain(chunk, &index, &records)
      return
    default: throw .invalidJSON
    }
    index += 1
  }

  /// Reads plain records and their separators until one isn't plain.
  @specialized(where Record == User)
  private mutating func readPlain(_ chunk: [UInt8], _ index: inout Int, _ records: inout [Record]) {
    state = .unfinished(JSONScanner(.value))
    guard let plain else { return }
    records.reserveCapacity(records.count + lastCount)
    defer { lastCount = records.count }
    index = chunk.withUnsafeBufferPointer { bytes in
      var json = PlainJSON(bytes: bytes, position: index, shared: shared)
      defer { shared = json.shared }
      var start = index
      while let record = plain.read(&json) {
        records.append(record)
        count += 1
        start = json.position
        guard json.skip(",") else {
          state = .separator
          return start
        }
        start = json.position
      }
      return start
    }
  }

  private mutating func decode(_ value: [UInt8]) throws(UnreadableAnswer) -> Record {
    let text = JSONText(checked: value)
    let record = try text.read(Record.self, name: "\(name)[\(count)]", place: count)
    if plain == nil { texts.append(text) }
    count += 1
    return record
  }

  private func decodeWhole(_ bytes: [UInt8]) throws(UnreadableAnswer) -> [Record] {
    let body = Data(bytes)
    if let title = HTMLPage.title(of: body, mediaType: nil) { throw UnreadableAnswer(pageTitled: title) }
    return try JSONText.decode(from: body, name: name)
  }

  /// Why a long body that doesn't begin as a list is refused before its end.
  private func reasonAgainst(_ bytes: [UInt8]) -> UnreadableAnswer {
    if let title = HTMLPage.title(of: Data(bytes), mediaType: nil) { return UnreadableAnswer(pageTitled: title) }
    return UnreadableAnswer(reason: "the response is not a list")
  }

  /// The value of an unfinished element, once it is complete.
  private static func readValue(
    _ scanner: inout JSONScanner, _ chunk: [UInt8], _ index: inout Int
  ) throws(UnreadableAnswer) -> [UInt8]? {
    do {
      return try scanner.readValue(chunk, &index)
    } catch {
      throw .invalidJSON
    }
  }
}

extension UnreadableAnswer {
  static let invalidJSON = UnreadableAnswer(
    reason: "the response is not valid JSON, or is cut off")
}

/// A model that occurs in lists.
public protocol ListRecord: Decodable, Sendable {
  /// The fast way to read a plainly written record; `nil` for models whose lists are short.
  static var plainReading: PlainReading<Self>? { get }
  /// The fields that aren't as the API documents them; empty for most records.
  var oddities: [FieldOddity] { get }
}

extension ListRecord {
  public static var plainReading: PlainReading<Self>? { nil }
}

/// A fast way to read a model from JSON. Whatever it can't read is decoded by `Decodable`.
public struct PlainReading<Record>: Sendable {
  /// Moves its argument past the value; returns `nil` for a value that isn't plain.
  let read: @Sendable (inout PlainJSON) -> Record?

  init(_ read: @escaping @Sendable (inout PlainJSON) -> Record?) {
    self.read = read
  }
}

extension Cloud: ListRecord {}
extension CloudInvitation: ListRecord {}
extension Processor: ListRecord {}

/// Keeps one copy of a text that occurs often in a list, such as a company's name.
struct SharedTexts: Sendable {
  private static let count = 64
  /// Shorter texts need no memory of their own.
  private static let shortest = 16

  private var texts = [String](repeating: "", count: Self.count)

  /// - Parameter bytes: a text in UTF-8.
  /// - Returns: the text, possibly a copy kept before; `nil` if the bytes aren't UTF-8.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.count >= Self.shortest else { return String(checking: bytes) }
    let place = Self.place(of: bytes)
    if Self.isEqual(texts[place], bytes) { return texts[place] }
    guard let text = String(checking: bytes) else { return nil }
    texts[place] = text
    return text
  }

  private static func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let mixed =
      bytes.count &+ Int(bytes[0]) &* 5 &+ Int(bytes[bytes.count / 2]) &* 17 &+ Int(bytes[bytes.count - 1]) &* 3
    return mixed & (count - 1)
  }

  private static func isEqual(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(bytes) } ?? false
  }
}
