import BitCollections
import CloudAPI
import CloudChanges

extension ListModel {
  public var markedCount: Int { marks.count }
  public var unmarkedByFilterCount: Int { marks.hiddenCount }

  /// More records than that are marked for what is done to each by itself: nobody can look through such a question.
  static var mostAtOnce: Int { 1_000 }

  public var excessRefusal: String? {
    guard marks.count > Self.mostAtOnce else { return nil }
    return "At most \(Self.mostAtOnce) \(resource.names.plural) at a time, and \(marks.count) are marked: "
      + "{filter} narrows the list, {unmark} takes the marks away."
  }

  /// The marked records in the order of their rows.
  var markedRecords: [Record] {
    guard !marks.isEmpty else { return [] }
    return rows.filter(marks.contains).map { records[$0] }
  }

  public func toggleMark() {
    guard let row = selectedIndex else { return }
    var places = marks.places
    places.toggle(rows[row])
    mark(places)
    select(row: row + 1)
  }

  public func invertMarks() {
    var places = marks.places
    for place in rows { places.toggle(place) }
    mark(places)
  }

  public func markAll() {
    mark(BitSet(rows))
  }

  public func clearMarks() {
    mark(BitSet())
  }

  private func mark(_ places: BitSet) {
    isChosen = true
    marks.set(places, in: scope)
    context.activity.changed()
  }

  /// Those of some records that are marked still.
  func marked(of records: [Record]) -> [Record.ID] {
    records.map { $0.id }.filter { table.place(of: $0).map(marks.contains) ?? false }
  }

  /// Takes the marks of records away.
  func unmark(_ ids: some Sequence<Record.ID>) {
    for id in ids {
      if let place = table.place(of: id) { marks.remove(place) }
    }
  }

  /// Takes the marks that stand on no row any more, and says so: whatever is done to the marked records is done to
  /// records that can be seen. To be called whenever rows came, went or were hidden.
  func settleMarks() {
    marks.loss = nil
    // The rows are those of a filter that may be older than what was typed last.
    let isFiltered = !listRows.filter.isEmpty
    if !isFiltered { marks.forgetHidden() }
    let gone = marks.takeGone()
    guard !marks.isEmpty || gone > 0 else { return }
    guard marks.scope == scope else {
      let count = marks.count + gone
      marks.set(BitSet(), in: scope)
      say(count, "the list is of something else now")
      return
    }
    if gone > 0 { say(gone, gone == 1 ? "its record is gone" : "their records are gone") }
    guard isFiltered, !marks.isEmpty else { return }
    let hidden = marks.places.subtracting(BitSet(rows))
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
