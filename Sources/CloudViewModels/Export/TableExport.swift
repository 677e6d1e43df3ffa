import CloudChanges

/// The rows of a list as they are now, for a file: their values, whole, whatever happens to the list meanwhile.
public struct TableExport: Sendable {
  public let names: ResourceNames
  /// The number of rows.
  public let count: Int
  /// Whether they are the marked ones.
  public let isOfMarks: Bool
  /// Why they may not be all, or not those of now: each a sentence.
  public let gaps: [String]
  /// The names of the columns.
  let columns: [String]
  /// The values of a row.
  let values: @Sendable (Int) -> [FieldValue]

  /// How many rows are turned into bytes at a time.
  private static let part = 512

  /// `the 3 marked users`, `1 cloud`, `100,000 people`.
  public var title: String {
    let number = Count.grouped(count)
    let noun = count == 1 ? names.singular : names.plural
    return isOfMarks ? "the \(count == 1 ? "" : number + " ")marked \(noun)" : "\(number) \(noun)"
  }

  /// Whether the rows take long enough to make that somebody waits.
  public var isLong: Bool { count > 2_000 }

  /// Makes the whole file in parts, of which `write` gets one after the other.
  ///
  /// It takes time with the number of rows: don't call it on the main actor.
  public func make<Failure>(
    _ format: ExportFormat, write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var list = JSONList()
    let separated = format.style.map { SeparatedValues(style: $0, guardsFormulas: true) }
    if let separated { try write(Array(separated.line(columns).utf8)) }
    for start in stride(from: 0, to: count, by: Self.part) {
      let rows = (start..<min(start + Self.part, count)).map(values)
      guard let separated else {
        try write(list.add(rows.map { JSONList.record(Array(zip(columns, $0))) }))
        continue
      }
      try write(Array(rows.map { separated.line($0.map(\.machineText)) }.joined().utf8))
    }
    if separated == nil { try write(list.end) }
  }
}

extension ExportFormat {
  /// `nil` for JSON.
  fileprivate var style: SeparatedValues.Style? {
    switch self {
    case .csv: .csv
    case .tsv: .tsv
    case .json: nil
    }
  }
}
