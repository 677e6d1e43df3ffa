import CloudViewModels

extension TableModel {
  /// Sorts by the next column and direction: each column in its usual direction, then in the other.
  public func sortByNextColumn() {
    let orders: [RowOrder?] =
      (isGraph ? [nil] : [])
      + sortColumns.flatMap { column in
        [column.descendsFirst, !column.descendsFirst].map { RowOrder(column: column.id, ascending: !$0) }
      }
    let next = orders.firstIndex(of: order).map { orders[($0 + 1) % orders.count] } ?? orders[0]
    sort(by: next)
  }
}
