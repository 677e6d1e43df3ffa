import CloudAPI
import CloudChanges
import CloudViewModels

/// Selects and sorts rows by their columns, for `--filter` and `--sort`.
struct RowSelection<Record: RowRecord>: Sendable {
  private let matcher: FilterMatcher<Record>
  private let order: (column: Column<Record>, ascending: Bool)?

  /// - Parameters:
  ///   - columns: all columns that can be named.
  ///   - searched: the columns that words look at; `nil` for all.
  /// - Throws: `usage` if a named column doesn't exist, or a filter can't be read.
  init(
    _ columns: [Column<Record>], searched: [Column<Record>]? = nil, of names: ResourceNames, _ options: ListOptions
  ) throws(CommandFailure) {
    matcher = FilterMatcher(
      try options.filter(FilterVocabulary(names, columns)), columns: columns, searched: searched ?? columns)
    order = try options.sort.map { text throws(CommandFailure) in
      let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
      return (try columns.named(name, for: "--sort", of: names), !text.hasPrefix("-"))
    }
  }

  var filter: Filter { matcher.filter }
  /// Whether the records are printed in another order than the API's.
  var isSorted: Bool { order != nil }
  /// Whether all records are printed in the API's order.
  var isEverything: Bool { filter.showsAll && !isSorted }
  /// The column that records are sorted by.
  var sortedColumn: Column<Record>? { order?.column }

  /// - Parameter unknownCount: increased by the records that are left out only because a value that the filter compares
  ///   is unknown.
  func filtered<Item>(
    _ items: [Item], _ unknownCount: inout Int, record: (Item) -> Record, context: RowContext<Record> = RowContext()
  ) -> [Item] {
    items.filter { item in
      let isMatch = matcher.matches(record(item), context)
      if isMatch == nil { unknownCount += 1 }
      return isMatch == true
    }
  }

  func filtered(_ records: [Record], _ unknownCount: inout Int) -> [Record] {
    filtered(records, &unknownCount) { $0 }
  }

  /// Equal records stay in their order, so that the output is always the same.
  func sorted<Item>(
    _ items: [Item], record: (Item) -> Record, context: RowContext<Record> = RowContext()
  ) -> [Item] {
    guard let order else { return items }
    let keys = items.map { order.column.sortKey(record($0), context) }
    let places = items.indices.sorted { left, right in
      if keys[left] != keys[right] { return keys[left].precedes(keys[right], ascending: order.ascending) }
      return left < right
    }
    return places.map { items[$0] }
  }

  func sorted(_ records: [Record]) -> [Record] { sorted(records) { $0 } }
}
