import CloudViewModels
import TerminalUI
import Testing

@testable import CloudCommands

/// Tests of text tables.
@Suite struct TextTableTests {
  private let headings = [
    ColumnHeader(id: "id", title: "ID", kind: .text, leaves: 0),
    ColumnHeader(id: "name", title: "NAME", kind: .name, leaves: 0),
    ColumnHeader(id: "size", title: "SIZE", kind: .bytes, leaves: 0),
    ColumnHeader(id: "created", title: "CREATED", kind: .date, leaves: 1),
  ]

  private func table(_ rows: [[String]]) -> TextTable {
    TextTable(columns: headings, rows: rows, textWidth: .builtIn)
  }

  @Test func columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
    let lines = table([["1", "東京駅", "1.2 TB", "Mar 2019"], ["12", "Ada", "3 KB", "—"]]).lines(
      width: nil, header: .plain)
    #expect(lines == ["ID  NAME      SIZE  CREATED", "1   東京駅  1.2 TB  Mar 2019", "12  Ada       3 KB  —"])
  }

  @Test func theTitlesCanBeLeftAway() {
    #expect(table([["1", "A", "1 KB", "—"]]).lines(width: nil, header: .none) == ["1   A     1 KB  —"])
  }

  @Test(arguments: 12...60)
  func noLineIsWiderThanTheTerminal(width: Int) {
    let rows = [
      ["1", "Réhabilitation énergétique du groupe scolaire", "1.2 TB", "Mar 2019"], ["2", "東京駅 再開発", "", "—"],
    ]
    for line in table(rows).lines(width: width, header: .plain) {
      #expect(TextWidth.builtIn.columns(of: line) <= max(width, 18), "\(line)")
    }
  }

  @Test func aNarrowTerminalLosesTheColumnThatLeavesFirst() {
    let lines = table([["1", "Haussmann Tower", "1.2 TB", "Mar 2019"]]).lines(width: 24, header: .plain)
    #expect(!lines[0].contains("CREATED"))
    #expect(lines[1] == "1   Haussmann T…  1.2 TB")
  }

  @Test func hostileTextCanNotLeaveItsCell() {
    let lines = table([["1", "a\u{1B}[2Jb\nc\u{202E}d", "", ""]]).lines(width: nil, header: .none)
    #expect(lines == ["1   a␛[2Jb␊c\u{FFFD}d"])
  }
}
