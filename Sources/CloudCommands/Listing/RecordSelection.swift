import CloudAPI
import CloudChanges
import CloudViewModels

/// Selects and sorts the records of a resource to be printed.
struct RecordSelection<Record: ListedRecord, Scope: ResourceScope> {
  private let resource: Resource<Record, Scope>
  private let rows: RowSelection<Record>

  /// - Throws: `usage` if a named column doesn't exist, or a filter can't be read.
  init(_ resource: Resource<Record, Scope>, _ options: ListOptions) throws(CommandFailure) {
    self.resource = resource
    rows = try RowSelection(
      resource.everyColumn, searched: resource.searchedColumns, of: resource.names, options)
  }

  /// Whether all records are printed in the API's order.
  var isEverything: Bool { rows.isEverything }

  /// Whether the selection needs values that arrive late.
  var needsLateValues: Bool {
    rows.sortedColumn?.kind.isLate == true
      || rows.filter.comparedColumns.contains { resource.everyColumn[$0].kind.isLate }
  }

  /// - Returns: the records to be printed, and how many are left out only because a value that the filter compares is
  ///   unknown.
  func apply(
    to items: [RecordItem<Record>], context: RowContext<Record>
  ) -> (items: [RecordItem<Record>], unknownCount: Int) {
    var unknownCount = 0
    let kept = rows.filtered(items, &unknownCount, record: \.record, context: context)
    return (rows.sorted(kept, record: \.record, context: context), unknownCount)
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
