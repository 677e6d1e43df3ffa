import CloudAPI
import CloudChanges

extension ListModel: TableModel {
  public var names: ResourceNames { resource.names }
  public var scopeName: String? { (scope ?? nextScope)?.title }
  public var nextScopeName: String? { scope == nil ? nil : nextScope?.title }
  public var emptyText: String { resource.emptyText }
  public var rowCount: Int { rows.count }
  public var totalCount: Int { table.count }
  public var selectedRow: Int? { selectedIndex }

  public var selectedID: String? { selection?.rawValue }

  public func rows(in range: Range<Int>) -> [TableRow] {
    if let lastRows, lastRows.range == range { return lastRows.rows }
    let rows = range.map { row(at: $0) }
    lastRows = (range, rows)
    return rows
  }

  @specialized(where Record == User, Scope == CloudScope)
  public func row(at index: Int) -> TableRow {
    let place = rows[index]
    let row = madeRow(at: place)
    return TableRow(
      id: row.id.rawValue, values: row.values, isMarked: marks.contains(place), change: changes.sign(of: row.id))
  }

  @specialized(where Record == User, Scope == CloudScope)
  private func madeRow(at place: Int) -> RowCache<Record.ID>.Row {
    let late = late()
    if let row = rowCache[place], row.late == late(row.id) { return row }
    let record = records[place]
    let value = late(record.id)
    let context = rowContext(record, late: value)
    let row = RowCache.Row(id: record.id, late: value, values: columns.map { $0.value(record, context) })
    rowCache.keep(row, at: place)
    return row
  }

  public func copy(ofColumn column: Int) -> @MainActor () -> ClipboardText {
    let (column, rows, records) = (columns[column], rows, records)
    return { [self] in
      ClipboardText(
        column: rows.lazy.map { place in
          let record = records[place]
          return column.value(record, self.rowContext(record)).machineText
        })
    }
  }

  @specialized(where Record == User, Scope == CloudScope)
  public func select(row: Int) {
    guard !rows.isEmpty else { return }
    let index = min(max(0, row), rows.count - 1)
    let id = madeRow(at: rows[index]).id
    isChosen = true
    wentByItself = nil
    guard id != selection || index != selectedIndex else { return }
    if id != selection { sawSelection() }
    selectedIndex = index
    selection = id
    context.activity.changed()
    announceSelection()
  }

  public var filter: TextFilter {
    get { currentFilter }
    set {
      guard newValue != currentFilter else { return }
      isChosen = true
      currentFilter = newValue
      refilter()
    }
  }

  public var details: [DetailField] {
    selectedRecord.map { resource.details($0, rowContext($0)) } ?? []
  }

  public func command(about subject: CommandSubject) -> CommandLineText? {
    guard let scope = scope ?? nextScope else { return nil }
    guard subject == .marked, marks.count > 1 else {
      // Without an id there is only the list.
      let target = target(subject).flatMap { $0.id.isMissing ? nil : $0 }
      return resource.show(scope, target).on(context.service)
    }
    guard excessRefusal == nil else { return nil }
    return .several(
      markedRecords.filter { !$0.id.isMissing }.map { resource.show(scope, $0).on(context.service) })
  }

  public func sortByNextColumn() {
    isChosen = true
    order = nextOrder()
    reorder()
  }

  public func show(rows shown: Range<Int>) {
    guard let onShow, shown != shownRows else { return }
    shownRows = shown
    onShow(shown.clamped(to: rows.indices).map { madeRow(at: rows[$0]).id })
  }

  /// Each column in its natural direction, then in the other; the graph's own order where there is one.
  private func nextOrder() -> RowOrder? {
    var orders: [RowOrder?] = resource.parents == nil ? [] : [nil]
    for column in columns where column.sortKey != nil {
      orders.append(RowOrder(column: column.id, ascending: !column.descendsFirst))
      orders.append(RowOrder(column: column.id, ascending: column.descendsFirst))
    }
    guard let current = orders.firstIndex(of: order) else { return orders.first ?? nil }
    return orders[(current + 1) % orders.count]
  }
}

extension ListModel: CloudTableModel where Scope == CloudScope {}
