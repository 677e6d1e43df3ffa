import CloudAPI

extension ListModel {
  public var markedCount: Int { marks.count }
  public var unmarkedByFilterCount: Int { marks.hiddenCount }

  /// The marked records in the order of their rows.
  var markedRecords: [Record] {
    guard !marks.isEmpty else { return [] }
    return rows.lazy.map { self.records[$0] }.filter { self.marks.contains($0.id) }
  }

  public func toggleMark() {
    guard let selection, let row = selectedRow else { return }
    var ids = marks.ids
    if ids.remove(selection) == nil { ids.insert(selection) }
    mark(ids)
    select(row: row + 1)
  }

  public func invertMarks() {
    mark(shownIDs.symmetricDifference(marks.ids))
  }

  public func markAll() {
    mark(shownIDs)
  }

  public func clearMarks() {
    mark([])
  }

  private var shownIDs: Set<Record.ID> {
    Set(rows.lazy.map { self.records[$0].id })
  }

  private func mark(_ ids: Set<Record.ID>) {
    isChosen = true
    marks.set(ids, in: scope)
    context.activity.changed()
  }

  /// Takes the marks that stand on no row any more, and says so: whatever is done to the marked records is done to
  /// records that can be seen. To be called whenever rows came, went or were hidden.
  func settleMarks() {
    marks.loss = nil
    // The rows are those of a filter that may be older than what was typed last.
    let isFiltered = !listRows.filter.isEmpty
    if !isFiltered { marks.forgetHidden() }
    guard !marks.isEmpty else { return }
    guard marks.scope == scope else {
      let count = marks.count
      marks.set([], in: scope)
      say(count, "the list is of something else now")
      return
    }
    let gone = marks.ids.filter { table.place(of: $0) == nil }
    marks.remove(gone)
    if !gone.isEmpty { say(gone.count, gone.count == 1 ? "its record is gone" : "their records are gone") }
    guard isFiltered else { return }
    var isShown = [Bool](repeating: false, count: table.count)
    for place in rows { isShown[place] = true }
    let hidden = marks.ids.filter { id in table.place(of: id).map { !isShown[$0] } ?? true }
    guard !hidden.isEmpty else { return }
    marks.hide(hidden)
    sayHiddenMarks()
  }

  public func sayHiddenMarks() {
    guard marks.hiddenCount > 0 else { return }
    // While a filter is typed, each key may take some: the number is of all that it took.
    say(marks.hiddenCount, marks.hiddenCount == 1 ? "the filter hides it" : "the filter hides them")
  }

  private func say(_ count: Int, _ reason: String) {
    let text = "\(Count.text(count, "mark", "marks")) dropped: \(reason)."
    marks.loss = [marks.loss, text].compactMap { $0 }.joined(separator: " ")
    context.notices.say(.information, marks.loss ?? text)
  }
}
