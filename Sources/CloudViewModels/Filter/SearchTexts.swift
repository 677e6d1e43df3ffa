import CloudAPI
import CloudChanges

/// What the words of a filter are looked for in, for all records of a list, in the same chunks as the records.
///
/// Texts are folded once. Of columns whose values are few, such as roles and months, only the different values are
/// texts, and records have their numbers: they are searched without reading the records. Texts that depend on more than
/// the record, such as sizes, are made when they are searched.
struct SearchTexts<Record: TableRecord>: Sendable {
  /// The columns whose texts are folded, in order.
  private let textColumns: [Column<Record>]
  /// The columns that have few values.
  let codedColumns: [Column<Record>]
  /// The columns whose texts depend on more than the record.
  let lateColumns: [Column<Record>]

  private(set) var chunks: [Chunk] = []
  /// The different values of each coded column.
  private(set) var values: [CodedValues]
  /// The bytes of all folded texts.
  private(set) var size = 0

  /// The context of columns that depend on the record alone.
  private let context = RowContext<Record>()

  /// The texts of one chunk of records.
  struct Chunk: Sendable {
    var folded: FoldedTexts
    /// Searched as wholes.
    var ids: FoldedTexts
    /// For each coded column, the codes of the records.
    var codes: [[UInt32]]

    var count: Int { folded.count }

    fileprivate init(after previous: Chunk?, coded: Int) {
      folded = FoldedTexts(after: previous?.folded)
      ids = FoldedTexts(after: previous?.ids)
      codes = Array(repeating: [], count: coded)
    }
  }

  init(_ columns: [Column<Record>]) {
    textColumns = columns.filter { $0.kind.isText }
    codedColumns = columns.filter { $0.kind.isCoded }
    lateColumns = columns.filter { !$0.kind.isText && !$0.kind.isCoded && $0.kind != .id }
    values = codedColumns.map { _ in CodedValues() }
  }

  /// The index of a column's folded text in each record.
  func textIndex(of column: String) -> Int? { textColumns.firstIndex { $0.id == column } }

  /// - Parameter isNew: whether the record begins a chunk.
  mutating func append(_ record: Record, isNew: Bool) {
    if isNew { chunks.append(Chunk(after: chunks.last, coded: codedColumns.count)) }
    let last = chunks.count - 1
    let before = chunks[last].folded.bytes.count
    chunks[last].folded.append(textColumns.lazy.map { [context] in $0.searchText(record, context) })
    chunks[last].ids.append(whole: record.id.searchText)
    for (index, column) in codedColumns.enumerated() {
      chunks[last].codes[index].append(values[index].code(of: column.value(record, context)))
    }
    size += chunks[last].folded.bytes.count - before
    if chunks[last].count == RecordList<Record>.chunkSize { chunks[last].compact() }
  }

  mutating func replace(at place: Int, in chunk: Int, with record: Record) {
    let before = chunks[chunk].folded.bytes.count
    chunks[chunk].folded.replace(place, with: textColumns.map { $0.searchText(record, context) })
    chunks[chunk].ids.replace(place, withWhole: record.id.searchText)
    for (index, column) in codedColumns.enumerated() {
      chunks[chunk].codes[index][place] = values[index].code(of: column.value(record, context))
    }
    size += chunks[chunk].folded.bytes.count - before
  }

  /// - Parameter places: in ascending order.
  mutating func remove(_ places: [Int], from chunk: Int) {
    let before = chunks[chunk].folded.bytes.count
    chunks[chunk].folded.remove(places)
    chunks[chunk].ids.remove(places)
    for index in codedColumns.indices {
      var gone = places[...]
      chunks[chunk].codes[index] = chunks[chunk].codes[index].enumerated().compactMap { place, code in
        guard place == gone.first else { return code }
        gone = gone.dropFirst()
        return nil
      }
    }
    size += chunks[chunk].folded.bytes.count - before
  }

}

extension SearchTexts.Chunk {
  /// Releases the memory reserved for further records.
  fileprivate mutating func compact() {
    folded.compact()
    ids.compact()
    for index in codes.indices { codes[index].compact() }
  }
}

extension ColumnKind {
  /// Whether the value is a text of the record.
  fileprivate var isText: Bool {
    switch self {
    case .name, .text, .email, .link: true
    case .state, .id, .role, .date, .flag, .number, .bytes, .percent, .references: false
    }
  }

  /// Whether the value depends on the record alone, and few texts are shown for all records.
  fileprivate var isCoded: Bool {
    switch self {
    case .state, .role, .date, .flag, .number: true
    case .name, .text, .email, .link, .id, .bytes, .percent, .references: false
    }
  }
}

/// The different values of a column, numbered as they come.
struct CodedValues: Sendable {
  private enum Key: Hashable, Sendable {
    case number(Int)
    case text(String)
    case none, unreadable
  }

  /// One value of each code. Dates of one code are of the same month.
  private(set) var values: [FieldValue] = []
  /// The folded text of each code.
  private(set) var texts = FoldedTexts()
  private var codes: [Key: UInt32] = [:]
  private var last: (key: Key, code: UInt32)?

  mutating func code(of value: FieldValue) -> UInt32 {
    let key: Key =
      switch value {
      case .date(let date?): .number(LocalTime.month(date))
      case .role(let role?): .number(role.rawValue)
      case .flag(let flag?): .number(flag ? 1 : 0)
      case .number(let number?): .number(number)
      case .unreadable: .unreadable
      default: value.searchText.isEmpty ? .none : .text(value.searchText)
      }
    if let last, last.key == key { return last.code }
    let code = codes[key] ?? add(value, key)
    last = (key, code)
    return code
  }

  private mutating func add(_ value: FieldValue, _ key: Key) -> UInt32 {
    let code = UInt32(values.count)
    values.append(value)
    texts.append([value.searchText])
    codes[key] = code
    return code
  }

  /// For each code, 1 if its text contains a word, else 0; `nil` if none does.
  func codes(holding word: [UInt8]) -> [UInt64]? {
    let held: [UInt64] = values.indices.map { texts.holds(word, in: $0) ? 1 : 0 }
    return held.contains(1) ? held : nil
  }
}
