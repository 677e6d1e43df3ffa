import CloudViewModels
import TerminalUI

/// The columns of a table that fit, with their positions and widths.
///
/// Names and e-mail addresses get the room first, then other texts, then bars. Short values, such as roles, are never
/// cut.
struct ColumnLayout: Hashable {
  struct Place: Hashable {
    /// The index of the column in the resource.
    let index: Int
    let start: Int
    let columns: Int
    /// Width of the bar after a size; 0 if there is none.
    let bar: Int
  }

  /// Columns before the first table column: for the marks, the cursor and a blank.
  static let margin = 3
  /// The width of a size: `1,023.9 GB` at most.
  private static let sizeColumns = 10
  /// The width from which a bar is worth drawing, and the one that leaves no room to other columns.
  private static let leastBar = 3
  private static let fullBar = 8
  private static let widestBar = 24

  let places: [Place]

  /// The width that a column needs.
  struct Wish: Hashable {
    /// To show every value whole.
    let whole: Int
    /// To show all but the few longest values whole.
    let typical: Int

    /// Whole unless the longest value is much longer than the others.
    var roomy: Int { whole * 4 <= typical * 5 ? whole : typical }
  }

  /// - Parameters:
  ///   - wishes: the width that each column needs.
  ///   - hasQuotas: whether bars show the used share of a quota, whose text needs a few more columns.
  init(_ headers: [ColumnHeader], wishes: [Wish], columns: Int, hasQuotas: Bool = false) {
    // One column stays blank before the border.
    let available = columns - Self.margin - 1
    let kept = Self.kept(Self.candidates(headers, wishes), available)
    places = Self.place(kept, available, leastBar: hasQuotas ? RowView.levelColumns + 1 : 0)
  }

  /// The columns of a pane in which only the few longest values are cut, and bars have their full width.
  ///
  /// - Parameter isWide: whether there is room for columns that are the first to leave.
  static func wantedColumns(_ headers: [ColumnHeader], wishes: [Wish], isWide: Bool) -> Int {
    let shown = candidates(headers, wishes).filter { isWide || !$0.isExtra }
    return width(shown) { $0.wish.roomy } + width(ofBarsIn: shown) + margin + 1
  }

  /// The width that each column needs.
  ///
  /// - Parameters:
  ///   - texts: the texts that each column must have room for.
  ///   - isArriving: whether the list is incomplete, so that wider values may follow.
  static func wishes(
    _ headers: [ColumnHeader], _ texts: [ColumnTexts], isArriving: Bool, _ textWidth: TextWidth
  ) -> [Wish] {
    headers.enumerated().map { index, header in
      let title = textWidth.columns(of: header.title)
      if let fixed = header.kind.fixedColumns {
        return Wish(whole: max(fixed, title), typical: max(fixed, title))
      }
      let texts = texts.indices.contains(index) ? texts[index] : ColumnTexts()
      let least = max(title, isArriving || texts.widest.isEmpty ? header.kind.usualColumns : 0)
      let typical = max(least, columns(of: texts.typical, textWidth))
      return Wish(whole: max(typical, columns(of: texts.widest, textWidth)), typical: typical)
    }
  }

  /// The columns of a value, with the badge of one that hides characters.
  private static func columns(of text: String, _ textWidth: TextWidth) -> Int {
    textWidth.columns(of: text) + (FieldValue.text(text).hidesCharacters ? 2 : 0)
  }

  private struct Candidate {
    let index: Int
    let header: ColumnHeader
    let wish: Wish

    var hasBar: Bool { header.kind == .bytes }
    /// Whether the column leaves before a usual name or address is cut.
    var isExtra: Bool {
      switch header.kind {
      case .text, .link, .references, .id, .date, .flag: true
      case .name, .email, .role, .state, .number, .bytes, .percent: false
      }
    }
    var comesFirst: Bool { header.kind == .name || header.kind == .email }
    /// The width to which the column may be cut.
    var least: Int { min(wish.whole, header.kind.leastColumns ?? wish.whole) }
    /// The width to which the column is cut to keep a number beside it.
    var comfortable: Int { min(wish.whole, header.kind.comfortableColumns ?? wish.whole) }
  }

  private static func candidates(_ headers: [ColumnHeader], _ wishes: [Wish]) -> [Candidate] {
    zip(headers, wishes).enumerated().map { Candidate(index: $0, header: $1.0, wish: $1.1) }
  }

  /// Drops columns in the declared order until the others have room.
  private static func kept(_ all: [Candidate], _ available: Int) -> [Candidate] {
    var kept = all
    while let leaving = kept.filter({ $0.header.leaves > 0 }).min(by: { $0.header.leaves < $1.header.leaves }),
      isDropped(leaving, kept, available)
    {
      kept.removeAll { $0.index == leaving.index }
    }
    return kept
  }

  /// A role or a state stays as long as names and addresses can be read at all, a number as long as they are
  /// comfortable. All else leaves before a usual name or address is cut.
  private static func isDropped(_ column: Candidate, _ kept: [Candidate], _ available: Int) -> Bool {
    switch column.header.kind {
    case .role, .state, .name, .email: return width(kept, \.least) > available
    case .number, .bytes, .percent: return width(kept, \.comfortable) > available
    case .text, .link, .references, .id, .date, .flag:
      let columns = width(kept) { $0.comesFirst ? $0.wish.roomy : $0.comfortable }
      return columns + width(ofBarsIn: kept) > available
    }
  }

  private static func width(ofBarsIn columns: [Candidate]) -> Int {
    columns.filter(\.hasBar).count * (fullBar + 1)
  }

  /// The width of some columns with a blank between each two.
  private static func width(_ columns: [Candidate], _ width: (Candidate) -> Int) -> Int {
    columns.reduce(max(0, columns.count - 1)) { $0 + width($1) }
  }

  private static func place(_ kept: [Candidate], _ available: Int, leastBar: Int) -> [Place] {
    var widths = kept.map { $0.least + ($0.hasBar ? leastBar : 0) }
    var left = available - widths.reduce(0, +) - max(0, kept.count - 1)
    if left < 0, let first = widths.first { widths[0] = max(1, first + left) }
    let (first, others) = (kept.indices.filter { kept[$0].comesFirst }, kept.indices.filter { !kept[$0].comesFirst })
    grow(first, &widths, &left) { kept[$0].comfortable }
    grow(first, &widths, &left) { kept[$0].wish.roomy }
    grow(others, &widths, &left) { kept[$0].wish.typical }
    let bars = kept.indices.filter { kept[$0].hasBar }
    grow(bars, &widths, &left) { kept[$0].least + 1 + fullBar }
    grow(Array(kept.indices), &widths, &left) { kept[$0].wish.whole }
    grow(bars, &widths, &left) { kept[$0].least + 1 + widestBar }
    // What is left separates the columns a little more.
    let gap = kept.count > 1 ? 1 + max(0, min(2, left / (kept.count - 1))) : 1
    var start = margin
    return zip(kept, widths).map { column, width in
      defer { start += width + gap }
      let bar = column.hasBar ? width - column.least - 1 : 0
      return Place(index: column.index, start: start, columns: max(0, width), bar: bar < Self.leastBar ? 0 : bar)
    }
  }

  /// Gives the room that is left to some columns until each has what it wants, in proportion to that.
  private static func grow(_ group: [Int], _ widths: inout [Int], _ left: inout Int, to wanted: (Int) -> Int) {
    while left > 0,
      let next = group.filter({ widths[$0] < wanted($0) })
        .min(by: { widths[$0] * wanted($1) < widths[$1] * wanted($0) })
    {
      widths[next] += 1
      left -= 1
    }
  }
}

extension ColumnKind {
  /// The width of a column whose values are all about as wide; `nil` if its values determine it.
  fileprivate var fixedColumns: Int? {
    switch self {
    case .date: 8
    case .bytes: 10
    case .number: 5
    case .percent: 6
    case .flag: 5
    case .name, .text, .email, .link, .state, .id, .role, .references: nil
    }
  }

  /// The width of a column before its values are known.
  fileprivate var usualColumns: Int {
    switch self {
    case .name: 18
    case .email, .link: 26
    case .text, .references: 14
    default: 7
    }
  }

  /// The width to which a column may be cut; `nil` if it is never cut.
  fileprivate var leastColumns: Int? {
    switch self {
    case .name: 8
    case .email: 10
    case .text, .references: 10
    case .link: 16
    default: nil
    }
  }

  fileprivate var comfortableColumns: Int? {
    switch self {
    case .name: 16
    case .email: 22
    default: leastColumns
    }
  }
}
