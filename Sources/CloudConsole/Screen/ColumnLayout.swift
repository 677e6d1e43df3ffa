import CloudViewModels

/// The columns of a table that fit, with their positions and widths.
struct ColumnLayout: Hashable {
  struct Place: Hashable {
    /// The index of the column in the resource.
    let index: Int
    let start: Int
    let columns: Int
    /// Width of the bar after a size; 0 if there is none.
    let bar: Int
  }

  /// Columns before the first table column, for the cursor and marks.
  static let margin = 2
  private static let sizeColumns = 10

  let places: [Place]

  /// - Parameters:
  ///   - sorted: the id of the column that the rows are sorted by, which is never hidden.
  ///   - hasQuotas: whether bars show the used share of a quota, whose text needs a few more columns.
  init(_ headers: [ColumnHeader], columns: Int, sorted: String? = nil, hasQuotas: Bool = false) {
    // One column stays blank before the border.
    let available = columns - Self.margin - 1
    var kept = Array(headers.indices)
    while let leaving = Self.leaving(kept.filter { headers[$0].id != sorted }, headers),
      Self.comfortable(kept, headers) > available
    {
      kept.removeAll { $0 == leaving }
    }
    places = Self.place(kept, headers, available, hasQuotas ? RowView.levelColumns + 1 : 0)
  }

  private static func leaving(_ kept: [Int], _ headers: [ColumnHeader]) -> Int? {
    kept.filter { headers[$0].leaves > 0 }.min { headers[$0].leaves < headers[$1].leaves }
  }

  /// The total comfortable width. The last two columns accept less: two cut columns are more useful than one whole.
  private static func comfortable(_ kept: [Int], _ headers: [ColumnHeader]) -> Int {
    kept.reduce(kept.count - 1) { sum, index in
      let wish = width(headers[index].kind)
      return sum + (kept.count > 2 ? wish.comfortable : min(wish.comfortable, wish.least + 6))
    }
  }

  /// The width below which other columns are hidden for this one, the least width, and the share of the remaining
  /// width.
  private static func width(_ kind: ColumnKind) -> (comfortable: Int, least: Int, share: Int) {
    switch kind {
    case .name: (18, 8, 3)
    case .email: (26, 10, 3)
    case .text: (14, 6, 2)
    case .references: (12, 6, 2)
    case .link: (22, 8, 3)
    case .bytes: (sizeColumns + 9, sizeColumns, 2)
    case .role, .state: (8, 7, 0)
    case .date: (8, 8, 0)
    case .number: (8, 8, 0)
    case .id: (8, 6, 0)
    case .percent, .flag: (6, 5, 0)
    }
  }

  private static func place(_ kept: [Int], _ headers: [ColumnHeader], _ available: Int, _ leastBar: Int) -> [Place] {
    var widths = kept.map { width(headers[$0].kind).least + (headers[$0].kind == .bytes ? leastBar : 0) }
    var left = available - widths.reduce(0, +) - max(0, kept.count - 1)
    // Names are more useful than bars: they grow to a comfortable width first.
    for bars in [false, true] {
      for (position, index) in kept.enumerated() where (headers[index].kind == .bytes) == bars {
        let wish = width(headers[index].kind)
        let more = min(left, max(0, min(wish.comfortable, bars ? sizeColumns + 7 : 16) - widths[position]))
        widths[position] += more
        left -= more
      }
    }
    let shares = kept.map { width(headers[$0].kind).share }
    let total = shares.reduce(0, +)
    if left > 0, total > 0 {
      let extra = shares.map { left * $0 / total }
      for position in widths.indices { widths[position] += extra[position] }
      // The remainder of the division goes to the first column, which keeps the right edge steady.
      widths[0] += left - extra.reduce(0, +)
    }
    var start = margin
    return zip(kept, widths).map { index, width in
      defer { start += width + 1 }
      let bar = headers[index].kind == .bytes ? max(0, min(24, width - sizeColumns - 1)) : 0
      return Place(index: index, start: start, columns: max(0, width), bar: bar < 3 ? 0 : bar)
    }
  }
}
