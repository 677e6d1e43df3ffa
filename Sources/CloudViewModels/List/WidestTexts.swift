import CloudAPI

/// The texts that a column whose width depends on its values must have room for.
public struct ColumnTexts: Hashable, Sendable {
  /// The widest text; empty if there is none.
  public var widest = ""
  /// The widest text but for the widest tenth: a single long name shouldn't take the room of everything else.
  public var typical = ""

  public init() {}
}

/// The widest texts of each column whose width depends on its values.
///
/// A front end measures these texts as it draws them. Here their widths are only estimated, to find the widest.
struct WidestTexts: Hashable, Sendable {
  /// The most records of a list that are looked at.
  private static let most = 2_000
  /// The most that are looked at on the main actor.
  static let atOnce = 256
  private var columns: [String: ColumnTexts] = [:]
  private var widths: [String: Int] = [:]

  init() {}

  /// Looks at all records of a list, or at some of them, evenly spread, if there are many.
  init<Record>(of columns: [Column<Record>], in sources: ListRowMaker<Record>.Sources, most: Int = Self.most) {
    let step = max(1, (sources.records.count + most - 1) / max(1, most))
    let places = Array(stride(from: 0, to: sources.records.count, by: step))
    var texts: [String: [(columns: Int, text: String)]] = [:]
    for place in places {
      let record = sources.records.records[place]
      let context = sources.context(of: record)
      for column in columns where column.kind.widthDependsOnValues {
        let text = column.value(record, context).plainText(short: true)
        texts[column.id, default: []].append((Self.estimatedColumns(of: text), text))
      }
    }
    for (id, found) in texts {
      let sorted = found.sorted { $0.columns < $1.columns }
      guard let last = sorted.last else { continue }
      var column = ColumnTexts()
      (column.widest, column.typical) = (last.text, sorted[sorted.count - 1 - sorted.count / 10].text)
      (self.columns[id], widths[id]) = (column, last.columns)
    }
  }

  /// The same off the caller's actor.
  @concurrent
  static func found<Record>(
    of columns: [Column<Record>], in sources: ListRowMaker<Record>.Sources
  ) async -> WidestTexts {
    WidestTexts(of: columns, in: sources)
  }

  /// Takes a record into account that was added or changed.
  mutating func take<Record>(
    _ record: Record, _ columns: [Column<Record>], _ sources: ListRowMaker<Record>.Sources
  ) {
    let context = sources.context(of: record)
    for column in columns where column.kind.widthDependsOnValues {
      let text = column.value(record, context).plainText(short: true)
      let width = Self.estimatedColumns(of: text)
      guard width > widths[column.id] ?? 0 else { continue }
      widths[column.id] = width
      self.columns[column.id, default: ColumnTexts()].widest = text
    }
  }

  /// The texts of a column; empty if its width doesn't depend on its values, or if it has none.
  subscript(column: String) -> ColumnTexts { columns[column] ?? ColumnTexts() }

  private static func estimatedColumns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x300..<0x370, 0x200B..<0x2010: sum
      // Most scripts from here on are East Asian.
      case 0x2E80...: sum + 2
      default: sum + 1
      }
    }
  }
}

extension ColumnKind {
  /// Whether a column is as wide as its values; otherwise its kind determines the width.
  var widthDependsOnValues: Bool {
    switch self {
    case .name, .text, .email, .link, .state, .id, .role, .references: true
    case .date, .flag, .number, .bytes, .percent: false
    }
  }
}
