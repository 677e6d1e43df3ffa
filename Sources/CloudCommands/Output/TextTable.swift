import CloudViewModels
import TerminalUI

/// A text table whose columns are as wide as their contents, and cut if the terminal is narrower.
struct TextTable {
  let columns: [ColumnHeader]
  let rows: [[String]]
  let textWidth: TextWidth
  /// The least width of each column; empty if there is none.
  var leastWidths: [Int] = []

  private static let gap = 2
  private static let least = 6

  /// - Parameters:
  ///   - width: the columns of the terminal; `nil` for no limit.
  ///   - header: whether and how the titles are printed.
  func lines(width: Int?, header: Header) -> [String] {
    let (kept, widths) = layout(width)
    var lines = rows.map { row in line(kept.map { row[$0] }, kept, widths) }
    if header != .none {
      let titles = line(kept.map { columns[$0].title }, kept, widths)
      lines.insert(header == .bold ? "\u{1B}[1m\(titles)\u{1B}[m" : titles, at: 0)
    }
    return lines
  }

  enum Header {
    case none, plain, bold
  }

  /// The width of each column without a limit.
  var naturalWidths: [Int] {
    columns.indices.map { index in
      let least = max(leastWidths.isEmpty ? 0 : leastWidths[index], textWidth.columns(of: columns[index].title))
      return rows.reduce(least) { max($0, textWidth.columns(of: $1[index])) }
    }
  }

  private func layout(_ width: Int?) -> (kept: [Int], widths: [Int]) {
    let natural = naturalWidths
    var kept = Array(columns.indices)
    guard let width else { return (kept, natural) }
    while kept.count > 1, leastWidth(kept, natural) > width,
      let leaving = kept.filter({ columns[$0].leaves > 0 }).min(by: { columns[$0].leaves < columns[$1].leaves })
    {
      kept.removeAll { $0 == leaving }
    }
    return (kept, shrunk(kept, kept.map { natural[$0] }, to: width))
  }

  /// Whether cells may be cut: text may, numbers and dates never.
  private func isCut(_ kind: ColumnKind) -> Bool {
    switch kind {
    case .name, .text, .email, .references, .link: true
    case .bytes, .date, .role, .number, .percent, .flag, .state, .id: false
    }
  }

  /// The width that a column keeps as long as other columns can be hidden.
  private func comfortable(_ kind: ColumnKind) -> Int {
    switch kind {
    case .email: 26
    case .link: 22
    case .name: 18
    case .text, .references: 14
    case .bytes, .date, .role, .number, .percent, .flag, .state, .id: .max
    }
  }

  private func leastWidth(_ kept: [Int], _ natural: [Int]) -> Int {
    kept.reduce(Self.gap * (kept.count - 1)) { sum, index in
      sum + min(natural[index], comfortable(columns[index].kind))
    }
  }

  /// The widths after shrinking the widest columns first.
  private func shrunk(_ kept: [Int], _ widths: [Int], to width: Int) -> [Int] {
    var widths = widths
    var excess = widths.reduce(Self.gap * (kept.count - 1), +) - width
    while excess > 0 {
      let candidates = kept.indices.filter { isCut(columns[kept[$0]].kind) && widths[$0] > Self.least }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [String], _ kept: [Int], _ widths: [Int]) -> String {
    var line = ""
    for (position, cell) in cells.enumerated() {
      let column = columns[kept[position]]
      let text = textWidth.truncated(
        cell, to: widths[position], position: column.kind == .email ? .email : .tail)
      let padding = String(repeating: " ", count: max(0, widths[position] - textWidth.columns(of: text)))
      let isLast = position == cells.count - 1
      line += column.kind.isNumeric ? padding + text : isLast ? text : text + padding
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
