import CloudAPI

extension ListModel {
  /// Takes new records in place of the old, keeping cursor, filter and order.
  func replaceRecords(_ new: [Record]) {
    records = new
    indices = Dictionary(new.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    searchKeys = Array(repeating: nil, count: new.count)
    columns = resource.columns.filter { column in
      !column.leavesWhenEmpty || new.isEmpty || new.contains { column.value($0, RowContext()) != .none }
    }
    if let sorted = order?.column, !columns.contains(where: { $0.id == sorted }) { order = resource.order }
    rearrange()
    let shown = rows.map { new[$0].id }
    onRecords?(shown + Set(indices.keys).subtracting(shown))
  }

  /// Puts one record in place, or at the end where it is new, and the cursor on it.
  func put(_ record: Record) {
    var new = records
    if let index = indices[record.id] {
      new[index] = record
    } else {
      new.append(record)
    }
    selection = record.id
    isChosen = true
    replaceRecords(new)
    // The person wants to see what was just written, also where a filter would hide it.
    reveal(record.id)
  }

  /// Takes a record away, the cursor going to the row that comes to its place.
  func drop(_ id: Record.ID) {
    replaceRecords(records.filter { $0.id != id })
  }

  /// Orders and filters anew, for instance when late values have come.
  public func rearrange() {
    prefixes = [:]
    if let order, let column = resource.columns.first(where: { $0.id == order.column }), let key = column.sortKey {
      ordered = sorted(by: key, ascending: order.ascending)
    } else if let parents = resource.parents {
      ordered = inGraphOrder(parents)
    } else {
      ordered = Array(records.indices)
    }
    refilter()
  }

  /// Filters anew what is in order already.
  func refilter() {
    let oldIndex = selectedIndex
    rows = currentFilter.isEmpty ? ordered : ordered.filter(matchesFilter)
    restoreCursor(near: oldIndex)
    context.activity.changed()
    announceSelection()
  }

  private func sorted(by key: (Record, RowContext<Record>) -> SortKey, ascending: Bool) -> [Int] {
    let keys = records.map { key($0, rowContext($0)) }
    return records.indices.sorted { left, right in
      if keys[left] != keys[right] { return keys[left].precedes(keys[right], ascending: ascending) }
      // Equal keys stay in the API's order, so that rows never change places for nothing.
      return left < right
    }
  }

  private func inGraphOrder(_ parents: (Record) -> [Record.ID]) -> [Int] {
    let folded = records.map { (record: $0, title: SearchFold.fold(resource.title($0))) }
    let nodes = GraphOrder.tree(folded.sorted { $0.title < $1.title }.map(\.record), parents: parents)
    for node in nodes { prefixes[node.id] = node.prefix }
    return nodes.compactMap { indices[$0.id] }
  }

  private func matchesFilter(_ index: Int) -> Bool {
    if let key = searchKeys[index] { return currentFilter.matches(folded: key) }
    // A separator that no word holds keeps a match from spanning two fields.
    let key = SearchFold.fold(resource.searchTexts(records[index]).joined(separator: "\n"))
    searchKeys[index] = key
    return currentFilter.matches(folded: key)
  }

  private func restoreCursor(near oldIndex: Int?) {
    if isChosen, let selection, let index = indices[selection], let row = rows.firstIndex(of: index) {
      selectedIndex = row
      return
    }
    selectedIndex = rows.isEmpty ? nil : isChosen ? min(oldIndex ?? 0, rows.count - 1) : 0
    selection = selectedIndex.map { records[rows[$0]].id }
  }
}
