import Testing

@testable import CloudViewModels

@Suite struct ListCursorTests {
  /// Settles the cursor on rows with these records.
  private func settle(_ cursor: inout ListCursor<String>, _ rows: String...) {
    cursor.settle(rowCount: rows.count, rowOfRecord: { rows.firstIndex(of: $0) }, record: { rows[$0] })
  }

  @Test func untilAPersonActsItStaysOnTheFirstRowWhateverComesThere() {
    var cursor = ListCursor<String>()
    settle(&cursor, "b", "c")
    #expect(cursor.id == "b" && cursor.row == 0)
    settle(&cursor, "a", "b", "c")
    #expect(cursor.id == "a" && cursor.row == 0)
    cursor.choose()
    settle(&cursor, "0", "a", "b")
    #expect(cursor.id == "a" && cursor.row == 1)
  }

  @Test func whereItsRecordGoesItTakesTheRowThatComesInItsPlace() {
    var cursor = ListCursor<String>()
    settle(&cursor, "a", "b", "c")
    let isElsewhere = cursor.move(to: "b", row: 1)
    #expect(isElsewhere)
    settle(&cursor, "a", "c")
    #expect(cursor.id == "c" && cursor.row == 1)
    settle(&cursor, "a")
    #expect(cursor.id == "a" && cursor.row == 0)
    settle(&cursor)
    #expect(cursor.id == nil && cursor.row == nil)
    settle(&cursor, "x", "y")
    #expect(cursor.id == "x" && cursor.row == 0)
  }

  @Test func movingToWhereItIsMovesNothing() {
    var cursor = ListCursor<String>()
    settle(&cursor, "a", "b")
    let moves = [cursor.move(to: "a", row: 0), cursor.move(to: "b", row: 1), cursor.move(to: "b", row: 1)]
    #expect(moves == [false, true, false])
  }

  @Test func whatWentIsRememberedForASecondAndUntilThePersonMoves() {
    var cursor = ListCursor<String>()
    settle(&cursor, "a", "b")
    cursor.lost("Ada is gone.") { .milliseconds(999) }
    #expect(cursor.lostJustNow == "Ada is gone.")
    cursor.lost("Ada is gone.") { .seconds(1) }
    #expect(cursor.lostJustNow == nil)
    cursor.lost("Ada is gone.") { .zero }
    _ = cursor.move(to: "b", row: 1)
    #expect(cursor.lostJustNow == nil)
  }

  @Test func onOtherRecordsItStartsAnew() {
    var cursor = ListCursor<String>()
    settle(&cursor, "a", "b")
    _ = cursor.move(to: "b", row: 1)
    cursor.reset()
    settle(&cursor, "x", "b")
    #expect(cursor.id == "x" && !cursor.isChosen)
  }
}
