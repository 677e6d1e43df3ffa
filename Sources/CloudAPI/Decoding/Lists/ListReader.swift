import FoundationEssentials

/// Reads a list of records while it arrives: plain ones at once from the bytes that came, the others, and those that
/// come in two parts, by way of their own JSON and `JSONDecoder`.
///
/// What it refuses, it refuses in the words that a list read whole has for it. It is stricter in one thing: what is no
/// JSON by RFC 8259 is refused wherever it stands, also in members that are of no interest.
struct ListReader<Record: ListRecord> {
  private enum State {
    /// Before the first `[`.
    case start
    /// After `[`.
    case elementOrEnd
    case element
    /// Within an element that began in an earlier chunk or isn't plain.
    case unfinished(JSONScanner)
    case separator
    case end
    /// It doesn't begin as a list in UTF-8 does: it is collected and then read whole.
    case other([UInt8])
  }

  /// What is no list is collected up to this many bytes, to say what it is.
  private static var longestOther: Int { 1 << 20 }

  private let name: String
  private let plain: PlainReading<Record>?
  private var state = State.start
  private var count = 0
  private var shared = SharedTexts()
  /// How many plain records the last chunk brought: the next one may bring as many.
  private var lastCount = 0
  /// The JSON of those records of the last chunk that weren't plain.
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

  /// The records of what turned out to be no list in the usual form; mostly, why it can't be read.
  mutating func finish() throws(UnreadableAnswer) -> [Record] {
    texts = []
    switch state {
    case .end: return []
    case .start: throw UnreadableAnswer(reason: "the answer is empty")
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

  /// Reads plain records as long as they come, with what separates them.
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

  /// Why so much that doesn't begin as a list isn't waited for to its end.
  private func reasonAgainst(_ bytes: [UInt8]) -> UnreadableAnswer {
    if let title = HTMLPage.title(of: Data(bytes), mediaType: nil) { return UnreadableAnswer(pageTitled: title) }
    return UnreadableAnswer(reason: "the answer is not a list")
  }

  /// The value that an unfinished element turned out to be.
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
    reason: "the answer is no valid JSON, or only the beginning of it")
}

/// A model that lists are made of.
public protocol ListRecord: Decodable, Sendable {
  /// How it is read where it is written plainly; `nil` for models whose lists are short.
  static var plainReading: PlainReading<Self>? { get }
  /// The fields that aren't as the API documents them; of most records none.
  var oddities: [FieldOddity] { get }
}

extension ListRecord {
  public static var plainReading: PlainReading<Self>? { nil }
}

/// The short way to read a model from JSON, beside `Decodable`, which has the last word.
public struct PlainReading<Record>: Sendable {
  /// Leaves its argument behind the value; `nil` for what isn't plain.
  let read: @Sendable (inout PlainJSON) -> Record?

  init(_ read: @escaping @Sendable (inout PlainJSON) -> Record?) {
    self.read = read
  }
}

extension Cloud: ListRecord {}
extension CloudInvitation: ListRecord {}
extension Processor: ListRecord {}

/// Texts that come again and again in a list, such as names of companies: each is kept once.
struct SharedTexts: Sendable {
  private static let count = 64
  /// Shorter texts take no memory of their own.
  private static let shortest = 16

  private var texts = [String](repeating: "", count: Self.count)

  /// - Parameter bytes: a text in UTF-8.
  /// - Returns: it, perhaps one that was there; `nil` where the bytes are no UTF-8.
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
