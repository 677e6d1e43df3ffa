import CloudAPI
import CloudChanges
import CloudViewModels

/// Selects and sorts the records to be printed.
struct RecordSelection<Record: ListedRecord, Scope: ResourceScope> {
  private let resource: Resource<Record, Scope>
  private let matcher: FilterMatcher<Record>
  private let order: (column: Column<Record>, ascending: Bool)?

  /// - Throws: `usage` if a named column doesn't exist, or a filter can't be read.
  init(_ resource: Resource<Record, Scope>, _ options: ListOptions) throws(CommandFailure) {
    self.resource = resource
    let columns = resource.everyColumn
    matcher = FilterMatcher(
      try options.filter(resource.vocabulary), columns: columns, searched: resource.searchedColumns)
    order = try options.sort.map { text throws(CommandFailure) in
      let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
      return (try columns.named(name, for: "--sort", of: resource.names), !text.hasPrefix("-"))
    }
  }

  /// Whether all records are printed in the API's order.
  var isEverything: Bool { matcher.filter.showsAll && order == nil }

  /// Whether the selection needs values that arrive late.
  var needsLateValues: Bool {
    order?.column.kind.isLate == true
      || matcher.filter.comparedColumns.contains { resource.everyColumn[$0].kind.isLate }
  }

  /// - Returns: the records to be printed, and how many are left out only because a value that the filter compares is
  ///   unknown.
  func apply(
    to items: [RecordItem<Record>], context: RowContext<Record>
  ) -> (items: [RecordItem<Record>], unknownCount: Int) {
    var kept: [RecordItem<Record>] = []
    var unknownCount = 0
    for item in items {
      switch matcher.matches(item.record, context) {
      case true?: kept.append(item)
      case false?: break
      case nil: unknownCount += 1
      }
    }
    guard let order else { return (kept, unknownCount) }
    let keys = kept.map { order.column.sortKey($0.record, context) }
    let sorted = kept.indices.sorted { left, right in
      if keys[left] != keys[right] { return keys[left].precedes(keys[right], ascending: order.ascending) }
      // Equal records stay in the API's order, so that the output is always the same.
      return left < right
    }
    return (sorted.map { kept[$0] }, unknownCount)
  }
}

extension ListOptions {
  /// The filter that the options name.
  ///
  /// - Throws: `usage` if a part of it can't be read.
  func filter(_ vocabulary: FilterVocabulary) throws(CommandFailure) -> Filter {
    let filter = Filter(all: filter.map { Filter($0, vocabulary) })
    if let problem = filter.problemText { throw .usage("--filter: \(problem)") }
    return filter
  }
}

extension CommandSession {
  /// Reports on standard error how many records the filter leaves out only because a value is unknown.
  func report(unknownCount count: Int, of names: ResourceNames) {
    guard count > 0 else { return }
    let what = Count.text(count, "\(names.singular) is", "\(names.plural) are")
    report(
      ErrorReport(
        code: "unknown_values",
        message: "Warning: \(what) left out, because a value that the filter compares is unknown.", status: .done))
  }
}

extension Array {
  /// The column with that name.
  func named<Record>(
    _ name: String, for option: String, of names: ResourceNames
  ) throws(CommandFailure) -> Element where Element == Column<Record> {
    if let column = first(where: { $0.id == name.lowercased() }) { return column }
    let known = map(\.id).joined(separator: ", ")
    throw .usage("\(option): \(names.plural) have no column \"\(name)\"; they have \(known).")
  }
}
