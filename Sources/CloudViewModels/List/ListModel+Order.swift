import CloudAPI
import CloudChanges

/// Few rows are put in order and filtered at once. Many keep their places on the screen until that was done elsewhere, so
/// that no key ever waits for them.
extension ListModel {
  /// How many records are put in order at once.
  static var atOnce: Int { 2_000 }
  /// How many bytes of text are looked through at once: three milliseconds' worth.
  static var textAtOnce: Int { 4 << 20 }

  /// Puts the rows in the order that was asked for.
  func reorder() {
    guard listRows.filter == currentFilter, let reversed = listRows.ordering.reversed(to: order) else {
      return rearrange()
    }
    arranging?.cancel()
    arranging = nil
    listRows.arrange(reversed, table)
    show(listRows)
  }

  /// Orders and filters anew, for instance when late values have come.
  public func rearrange() {
    arranging?.cancel()
    arranging = nil
    // What is being filtered is the rows as they were.
    filtering?.cancel()
    filtering = nil
    context.activity.changed()
    // What is still arriving is put in order when it is whole.
    guard !status.isPartial else {
      if listRows.filter != currentFilter { refilter() }
      return
    }
    dropOrderOfEmptyColumn(table)
    guard table.count > Self.atOnce else {
      return show(ListRows(table, RowOrdering(table, in: order, of: resource, late: late()), filter: currentFilter))
    }
    arranging = context.activity.run { [weak self, table] in
      guard let rows = await self?.arranged(table), !Task.isCancelled else { return }
      self?.filtering?.cancel()
      self?.show(rows)
    }
  }

  /// A table's rows in the order and with the filter that are asked for when it is done.
  func arranged(_ table: RecordTable<Record>) async -> ListRows<Record> {
    dropOrderOfEmptyColumn(table)
    guard table.count > Self.atOnce else {
      return ListRows(table, RowOrdering(table, in: order, of: resource, late: late()), filter: currentFilter)
    }
    while true {
      let (order, filter) = (order, currentFilter)
      let rows = await Self.arrange(table, in: order, of: resource, late: late(), filter: filter)
      if order == self.order && filter == currentFilter || Task.isCancelled { return rows }
    }
  }

  /// A column that left can't be seen to be sorted by.
  private func dropOrderOfEmptyColumn(_ table: RecordTable<Record>) {
    guard let column = resource.columns.first(where: { $0.id == order?.column }), column.leavesWhenEmpty,
      table.count > 0, !table.filledColumns.contains(column.id)
    else { return }
    order = resource.order
  }

  @concurrent
  private static func arrange(
    _ table: RecordTable<Record>, in order: RowOrder?, of resource: Resource<Record, Scope>,
    late: @escaping @Sendable (Record.ID) -> LoadState<CloudSize>, filter: TextFilter
  ) async -> ListRows<Record> {
    ListRows(table, RowOrdering(table, in: order, of: resource, late: late), filter: filter)
  }

  /// Filters anew what is in order already.
  func refilter() {
    filtering?.cancel()
    filtering = nil
    context.activity.changed()
    guard listRows.work(for: currentFilter, in: table) > Self.textAtOnce else {
      listRows.filter(by: currentFilter, table)
      return show(listRows)
    }
    filtering = context.activity.run { [weak self, table, listRows, currentFilter] in
      let rows = await Self.filter(listRows, by: currentFilter, table)
      guard !Task.isCancelled else { return }
      self?.show(rows)
    }
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
