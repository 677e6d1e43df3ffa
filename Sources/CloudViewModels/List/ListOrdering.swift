import CloudAPI
import CloudChanges

/// The rows of a list: in which order, with which filter, and the work that this takes.
///
/// Few rows are ordered and filtered at once. Many stay as they are on the screen until that was done off the main actor,
/// so that no key waits for it.
@MainActor
final class ListOrdering<Record: ServiceRecord, Scope: ResourceScope> {
  typealias LateValues = @Sendable (Record.ID) -> LoadState<CloudSize>

  private let resource: Resource<Record, Scope>
  private let activity: Activity

  /// The order that is asked for; `nil` for the API's or the graph's.
  private(set) var order: RowOrder?
  /// The filter that is asked for. That of `rows` may be an earlier one.
  private(set) var filter = TextFilter()
  private(set) var rows = ListRows<Record>()
  /// Where records' late values come from: what is known when it is called.
  var late: @MainActor () -> LateValues = { { _ in .waiting } }
  /// Called when work off the main actor brought other rows.
  var onRows: @MainActor () -> Void = {}

  private var arranging: Task<Void, Never>?
  private var filtering: Task<Void, Never>?

  init(_ resource: Resource<Record, Scope>, activity: Activity) {
    self.resource = resource
    self.activity = activity
    order = resource.order
  }

  /// The places of the records in the rows.
  var places: [Int] { rows.places }
  /// Whether the rows show what the filter asks for.
  var isFilterCurrent: Bool { rows.filter == filter }

  /// Takes rows that are made already, of another table.
  func take(_ new: ListRows<Record>) {
    cancel()
    rows = new
  }

  /// The rows of a table in the API's order, filtered as asked for.
  func unarranged(_ table: RecordTable<Record>) -> ListRows<Record> {
    ListRows(table, RowOrdering(count: table.count), filter: filter)
  }

  /// The rows of a table in the order and with the filter that are asked for when the work is done.
  func arranged(_ table: RecordTable<Record>) async -> ListRows<Record> {
    dropOrderOfEmptyColumn(table)
    guard table.count > RecordTable<Record>.atOnce else { return arrangedAtOnce(table) }
    while true {
      let (order, filter) = (order, filter)
      let rows = await Self.arrange(table, in: order, of: resource, late: late(), filter: filter)
      if order == self.order && filter == self.filter || Task.isCancelled { return rows }
    }
  }

  /// Goes on to the next column and direction.
  ///
  /// - Parameter columns: those on the screen.
  func sortByNext(of columns: [Column<Record>], _ table: RecordTable<Record>, isPartial: Bool) {
    order = next(of: columns)
    guard isFilterCurrent, let reversed = rows.ordering.reversed(to: order) else {
      return rearrange(table, isPartial: isPartial)
    }
    arranging?.cancel()
    arranging = nil
    rows.arrange(reversed, table)
    onRows()
  }

  /// Orders and filters anew, for instance when late values have come.
  ///
  /// - Parameter isPartial: whether the table is still arriving: it is put in order when it is whole.
  func rearrange(_ table: RecordTable<Record>, isPartial: Bool) {
    // What is being filtered is the rows as they were.
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
      self.rows = rows
      onRows()
    }
  }

  /// Filters anew what is in order already.
  func filter(by new: TextFilter, _ table: RecordTable<Record>) {
    filter = new
    refilter(table)
  }

  private func refilter(_ table: RecordTable<Record>) {
    filtering?.cancel()
    filtering = nil
    activity.changed()
    guard rows.work(for: filter, in: table) > RecordTable<Record>.textAtOnce else {
      rows.filter(by: filter, table)
      return onRows()
    }
    filtering = activity.run { [weak self, rows, filter] in
      let rows = await Self.filter(rows, by: filter, table)
      guard !Task.isCancelled, let self else { return }
      self.rows = rows
      onRows()
    }
  }

  /// Shows a record that came to the end of the table in the last row until the next ordering, unless the filter hides it.
  func append(_ place: Int, of table: RecordTable<Record>) {
    rows.append(place)
    if !filter.isEmpty { rows.filter(by: filter, table) }
  }

  /// Follows the table, which lost records.
  func remove(_ left: PlacesLeft) {
    rows.remove(left)
  }

  /// Notes that a record is another one now, and may belong elsewhere.
  func recordChanged() {
    rows.changed()
  }

  private func cancel() {
    arranging?.cancel()
    filtering?.cancel()
    (arranging, filtering) = (nil, nil)
  }

  private func arrangedAtOnce(_ table: RecordTable<Record>) -> ListRows<Record> {
    ListRows(table, RowOrdering(table, in: order, of: resource, late: late()), filter: filter)
  }

  /// A column that left can't be seen to be sorted by.
  private func dropOrderOfEmptyColumn(_ table: RecordTable<Record>) {
    guard let column = resource.columns.first(where: { $0.id == order?.column }), column.leavesWhenEmpty,
      table.count > 0, !table.filledColumns.contains(column.id)
    else { return }
    order = resource.order
  }

  /// Each column in its natural direction, then in the other; the graph's own order where there is one.
  private func next(of columns: [Column<Record>]) -> RowOrder? {
    var orders: [RowOrder?] = resource.parents == nil ? [] : [nil]
    for column in columns where column.sortKey != nil {
      orders.append(RowOrder(column: column.id, ascending: !column.descendsFirst))
      orders.append(RowOrder(column: column.id, ascending: column.descendsFirst))
    }
    guard let current = orders.firstIndex(of: order) else { return orders.first ?? nil }
    return orders[(current + 1) % orders.count]
  }

  @concurrent
  private static func arrange(
    _ table: RecordTable<Record>, in order: RowOrder?, of resource: Resource<Record, Scope>,
    late: @escaping LateValues, filter: TextFilter
  ) async -> ListRows<Record> {
    ListRows(table, RowOrdering(table, in: order, of: resource, late: late), filter: filter)
  }

  @concurrent
  private static func filter(
    _ rows: ListRows<Record>, by filter: TextFilter, _ table: RecordTable<Record>
  ) async -> ListRows<Record> {
    var rows = rows
    rows.filter(by: filter, table)
    return rows
  }
}
