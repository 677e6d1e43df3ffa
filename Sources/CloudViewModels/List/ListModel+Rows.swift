import CloudAPI
import CloudChanges

extension ListModel {
  /// Takes other records and their rows in place of the old, the cursor staying on its record.
  func take(_ newTable: RecordTable<Record>, _ newRows: ListRows<Record>) {
    arranging?.cancel()
    filtering?.cancel()
    let old = DeferredRelease(table)
    let wasLong = table.count > Self.atOnce
    let (selected, hadMarks) = (isChosen ? selectedRecord : nil, !marks.isEmpty)
    if !marks.isEmpty { marks.move(to: marks.places.moved(from: table, to: newTable)) }
    table = newTable
    if wasLong { Task { await old.end() } }
    columns = resource.columns.filter { column in
      !column.leavesWhenEmpty || newTable.count == 0 || newTable.filledColumns.contains(column.id)
    }
    show(newRows)
    if let selected, table.place(of: selected.id) == nil {
      wentUnderCursor(selected)
    } else if hadMarks, marks.isEmpty, let loss = marks.loss {
      wentByItself = (loss, context.clock.stopwatch())
    }
  }

  /// Keeps in mind that a record went from under the cursor without the person's doing: they may be about to press a key
  /// that is for it, and would be for the row that came to its place.
  func wentUnderCursor(_ record: Record) {
    wentByItself = ("\(resource.title(record)) is gone.", context.clock.stopwatch())
  }

  public var goneJustNow: String? {
    guard let (text, elapsed) = wentByItself, elapsed() < .seconds(1) else { return nil }
    return "\(text) Nothing was done to the row that is under the cursor now."
  }

  /// Shows rows of the records that are there.
  func show(_ new: ListRows<Record>) {
    let oldIndex = selectedIndex
    listRows = new
    restoreCursor(near: oldIndex)
    settleMarks()
    context.activity.changed()
    announceSelection()
  }

  /// Tells whoever reads more about the records which there are, in the order of the rows, and then what the filter hides.
  func announceRecords() {
    guard let onRecords else { return }
    let shown = Set(rows)
    let places = rows + records.indices.filter { !shown.contains($0) }
    onRecords(places.map { records[$0].id })
  }

  /// Puts one record in place, or at the end where it is new, and the cursor on it.
  func put(_ record: Record) {
    selection = record.id
    isChosen = true
    // The person wants to see what was just written, also where a filter would hide it.
    if !currentFilter.matches(folded: SearchFold.fold(resource.searchTexts(record).joined(separator: "\n"))) {
      currentFilter = TextFilter()
      listRows.filter(by: currentFilter, table)
    }
    if let place = table.place(of: record.id) {
      replace(at: place, with: record)
    } else {
      table.append([record])
      listRows.append(table.count - 1)
      changedRecords()
    }
  }

  /// Puts one record in place, or at the end where it is new, and leaves the cursor and the filter alone.
  func keep(_ record: Record) {
    guard table.place(of: record.id) == nil else {
      if let scope { refreshInPlace(record, in: scope) }
      return
    }
    table.append([record])
    listRows.append(table.count - 1)
    if !currentFilter.isEmpty { listRows.filter(by: currentFilter, table) }
    changedRecords()
  }

  /// Takes records away, the cursor going to the row that comes to its place.
  func drop(_ ids: Record.ID...) {
    drop(ids)
  }

  func drop(_ ids: [Record.ID]) {
    let left = table.left(without: ids)
    guard !left.removed.isEmpty else { return }
    table.remove(left)
    removed(left)
  }

  /// Takes records away, of a long list away from the main actor, so that keys are answered meanwhile.
  func dropPatiently(_ ids: [Record.ID]) {
    guard table.count > Self.atOnce else { return drop(ids) }
    context.activity.run { [weak self, scope] in
      // An id means another record in another cloud.
      while let self, self.scope == scope {
        let version = tableVersion
        let (smaller, left) = await table.without(ids)
        guard version == tableVersion else { continue }
        guard !left.removed.isEmpty else { return }
        let old = DeferredRelease(table)
        table = smaller
        removed(left)
        return await old.end()
      }
    }
  }

  private func removed(_ left: PlacesLeft) {
    marks.tableRemoved(left)
    listRows.remove(left)
    changedRecords()
  }

  /// Takes what was read of a record the list holds, without moving the cursor.
  func refreshInPlace(_ fresh: Record, in scope: Scope) {
    guard scope == self.scope, let place = table.place(of: fresh.id), records[place] != fresh else { return }
    replace(at: place, with: fresh)
  }

  private func replace(at place: Int, with record: Record) {
    table.replace(at: place, with: record)
    listRows.changed()
    changedRecords()
  }

  private func changedRecords() {
    restoreCursor(near: selectedIndex)
    settleMarks()
    rearrange()
    announceRecords()
  }

  private func restoreCursor(near oldIndex: Int?) {
    if isChosen, let selection, let place = table.place(of: selection), let row = rows.firstIndex(of: place) {
      selectedIndex = row
      return
    }
    selectedIndex = rows.isEmpty ? nil : isChosen ? min(oldIndex ?? 0, rows.count - 1) : 0
    selection = selectedIndex.map { records[rows[$0]].id }
  }
}
