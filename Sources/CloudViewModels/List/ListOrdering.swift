import CloudAPI
import CloudChanges

/// The order and filter of a list's rows, and the work to apply them.
///
/// Short lists are ordered and filtered immediately. The rows of long lists stay on the screen while the work is done
/// off the main actor, so that no key has to wait.
@MainActor
final class ListOrdering<Record: TableRecord, Scope: ResourceScope> {
  typealias LateValues = @Sendable (Record.ID) -> LoadState<Record.LateValue>

  private let resource: Resource<Record, Scope>
  private let activity: Activity

  /// The requested order; `nil` for the API's or the graph's.
  private(set) var order: RowOrder?
  /// The requested filter; `rows` may still have an earlier one.
  private(set) var filter = Filter()
  private(set) var rows = ListRows<Record>()
  /// Returns a lookup of the records' late values, as known at the time of the call.
  var late: @MainActor () -> LateValues = { { _ in .waiting } }
  /// Called when the rows changed.
  var onRows: @MainActor () -> Void = {}

  private var arranging: Task<Void, Never>?
  private var filtering: Task<Void, Never>?

  init(_ resource: Resource<Record, Scope>, activity: Activity) {
    self.resource = resource
    self.activity = activity
    order = resource.order
  }

  /// The place of each row's record in the table.
  var places: [Int] { rows.places }
  /// Whether the rows are in the requested order.
  var isOrderCurrent: Bool { arranging == nil }
  /// Whether the rows have the requested order and filter.
  var isCurrent: Bool { isFilterCurrent && isOrderCurrent }
  /// Whether the requested filter has been applied to the rows.
  var isFilterCurrent: Bool { rows.filter == filter }

  /// Replaces the rows by those of another table, already ordered and filtered.
  func take(_ new: ListRows<Record>) {
    cancel()
    rows = new
  }

  /// The rows of a table in the API's order, with the requested filter.
  func unarranged(_ table: RecordTable<Record>) -> ListRows<Record> {
    ListRows(table, RowOrdering(count: table.count), filter: filter, late: late())
  }

  /// The rows of a table, in the order and with the filter that are in effect when the work ends.
  func arranged(_ table: RecordTable<Record>) async -> ListRows<Record> {
    dropOrderOfEmptyColumn(table)
    guard table.count > RecordTable<Record>.atOnce else { return arrangedAtOnce(table) }
    while true {
      let (order, filter) = (order, filter)
      let rows = await Self.arrange(table, in: order, of: resource, late: late(), filter: filter)
      if order == self.order && filter == self.filter || Task.isCancelled { return rows }
    }
  }

  /// Sorts by a column; `nil` for the API's order or the graph's.
  func sort(by wanted: RowOrder?, _ table: RecordTable<Record>, isPartial: Bool) {
    order = wanted
    guard isFilterCurrent, let reversed = rows.ordering.reversed(to: order) else {
      return rearrange(table, isPartial: isPartial)
    }
    arranging?.cancel()
    arranging = nil
    rows.arrange(reversed, table, late: late())
    onRows()
  }

  /// Orders and filters the rows again, for instance after late values have arrived.
  ///
  /// - Parameter isPartial: whether the table is incomplete: its order changes only when it is complete.
  func rearrange(_ table: RecordTable<Record>, isPartial: Bool) {
    // A filter task in progress works on the old rows.
    cancel()
    activity.changed()
    guard !isPartial else {
      if !isFilterCurrent { refilter(table) }
      return
    }
    dropOrderOfEmptyColumn(table)
    guard table.count > RecordTable<Record>.atOnce else {
      rows = arrangedAtOnce(table)
      return onRows()
    }
    arranging = activity.run { [weak self] in
      guard let rows = await self?.arranged(table), !Task.isCancelled, let self else { return }
      filtering?.cancel()
      arranging = nil
      self.rows = rows
      onRows()
    }
  }

  /// Applies a filter to the ordered rows.
  func filter(by new: Filter, _ table: RecordTable<Record>) {
    filter = new
    refilter(table)
  }

  private func refilter(_ table: RecordTable<Record>) {
    filtering?.cancel()
    filtering = nil
    activity.changed()
    guard rows.work(for: filter, in: table) > RecordTable<Record>.textAtOnce else {
      rows.filter(by: filter, table, late: late())
      return onRows()
    }
    filtering = activity.run { [weak self, rows, filter, late = late()] in
      let rows = await Self.filter(rows, by: filter, table, late: late)
      guard !Task.isCancelled, let self else { return }
      self.rows = rows
      onRows()
    }
  }

  /// Shows a record from the end of the table in the last row until the next ordering, unless the filter hides it.
  func append(_ place: Int, of table: RecordTable<Record>) {
    rows.append(place)
    if !filter.showsAll { rows.filter(by: filter, table, late: late()) }
  }

  /// Removes the rows of records that were removed from the table.
  func remove(_ left: PlacesLeft) {
    rows.remove(left)
  }

  /// Notes that a record changed and may belong in another row.
  func recordChanged() {
    rows.changed()
  }

  private func cancel() {
    arranging?.cancel()
    filtering?.cancel()
    (arranging, filtering) = (nil, nil)
  }

  private func arrangedAtOnce(_ table: RecordTable<Record>) -> ListRows<Record> {
    ListRows(table, RowOrdering(table, in: order, of: resource, late: late()), filter: filter, late: late())
  }

  /// Resets the order if its column is no longer shown: the user couldn't see what the rows are sorted by.
  private func dropOrderOfEmptyColumn(_ table: RecordTable<Record>) {
    guard let column = resource.columns.first(where: { $0.id == order?.column }), column.leavesWhenEmpty,
      table.count > 0, !table.filledColumns.contains(column.id)
    else { return }
    order = resource.order
  }

  @concurrent
  private static func arrange(
    _ table: RecordTable<Record>, in order: RowOrder?, of resource: Resource<Record, Scope>,
    late: @escaping LateValues, filter: Filter
  ) async -> ListRows<Record> {
    ListRows(table, RowOrdering(table, in: order, of: resource, late: late), filter: filter, late: late)
  }

  @concurrent
  private static func filter(
    _ rows: ListRows<Record>, by filter: Filter, _ table: RecordTable<Record>, late: @escaping LateValues
  ) async -> ListRows<Record> {
    var rows = rows
    rows.filter(by: filter, table, late: late)
    return rows
  }
}
