import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Prints skydeck's own data, such as profiles, in the requested format.
struct RowPrinter {
  struct Column {
    let id: String
    var kind = ColumnKind.text
    /// The order in which columns are hidden on a narrow terminal, the lowest first; 0 is never hidden.
    var leaves = 0

    var title: String { id.uppercased().replacing("_", with: " ") }
  }

  enum Value {
    case text(String)
    case flag(Bool)
    case number(Int)
    case none
  }

  let session: SettingsSession
  private let columns: [Column]
  private let shown: [Int]

  /// - Throws: `usage` if `--columns` names a column that doesn't exist.
  init(_ columns: [Column], _ session: SettingsSession) throws(CommandFailure) {
    self.session = session
    self.columns = columns
    guard let names = session.options.columns else {
      shown = Array(columns.indices)
      return
    }
    var shown: [Int] = []
    for name in names.split(separator: ",").map({ String($0).trimmingBlanks() }) {
      guard let index = columns.firstIndex(where: { $0.id == name }) else {
        let known = columns.map(\.id).joined(separator: ", ")
        throw .usage("--columns: there is no column \"\(name)\"; there are \(known).")
      }
      shown.append(index)
    }
    guard !shown.isEmpty else {
      throw .usage("--columns names no column; name some of \(columns.map(\.id).joined(separator: ", ")).")
    }
    self.shown = shown
  }

  /// - Parameter rows: one value per column.
  func print(_ rows: [[Value]]) {
    switch session.format {
    case .json:
      let list = JSONListOutput(session.output)
      list.add(rows.map(json))
      list.end()
    case .table, .csv, .tsv:
      let headings = shown.map { index in
        let column = columns[index]
        return ColumnHeader(id: column.id, title: column.title, kind: column.kind, leaves: column.leaves)
      }
      let cells = rows.map { row in
        shown.map { RowOutput.Cell(plainText: row[$0].plainText, machineText: row[$0].machineText) }
      }
      session.print(cells, under: headings)
    }
  }

  private func json(_ row: [Value]) -> [UInt8] {
    let members = columns.indices.map { "\(Value.text(columns[$0].id).json):\(row[$0].json)" }
    return Array(("{" + members.joined(separator: ",") + "}").utf8)
  }
}

extension RowPrinter.Value {
  /// The text in tables: `yes` or nothing for a flag.
  fileprivate var plainText: String {
    if case .flag(let isSet) = self { isSet ? "yes" : "" } else { PlainText.harmless(machineText) }
  }

  fileprivate var machineText: String {
    switch self {
    case .text(let text): text
    case .flag(let isSet): String(isSet)
    case .number(let number): String(number)
    case .none: ""
    }
  }

  fileprivate var json: String {
    switch self {
    case .text(let text): return JSONString.quoted(text)
    case .flag, .number: return machineText
    case .none: return "null"
    }
  }
}

extension RowPrinter.Value {
  init(_ text: String?) {
    self = text.map { .text($0) } ?? .none
  }
}
