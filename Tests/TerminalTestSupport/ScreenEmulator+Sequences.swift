import TerminalUI

extension ScreenEmulator {
  mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bells += 1
    case 0x08: move(toColumn: cursor.column - 1)
    case 0x09: move(toColumn: (cursor.column / 8 + 1) * 8)
    case 0x0A, 0x0B, 0x0C:
      wrapsNext = false
      lineFeed()
    case 0x0D: move(toColumn: 0)
    case 0x0E: activeCharset = 1
    case 0x0F: activeCharset = 0
    case 0x00, 0x18, 0x1A: break
    default: unknown.append("control \(byte)")
    }
  }

  mutating func escape(_ intermediates: String, _ final: UInt8) {
    let character = Character(Unicode.Scalar(final))
    switch (intermediates, character) {
    case ("(", _): alternateCharsets[0] = character == "0"
    case (")", _): alternateCharsets[1] = character == "0"
    case ("", "7"): saved = (cursor, style)
    case ("", "8"): (cursor, style) = saved
    case ("", "D"): lineFeed()
    case ("", "E"):
      move(toColumn: 0)
      lineFeed()
    case ("", "M"): reverseLineFeed()
    case ("", "="), ("", ">"), ("", "\\"): break
    case ("", "c"):
      let identity = identity
      self = ScreenEmulator(size: size)
      self.identity = identity
    default: unknown.append("Esc \(intermediates)\(character)")
    }
  }

  mutating func apply(_ sequence: EscapeParser.Sequence) {
    let count = sequence.parameter(0)
    switch (sequence.prefix, sequence.intermediates, sequence.final) {
    case ("", "", "A"): move(toRow: max(cursor.row < region.lowerBound ? 0 : region.lowerBound, cursor.row - count))
    case ("", "", "B"), ("", "", "e"): move(toRow: min(region.upperBound - 1, cursor.row + count))
    case ("", "", "C"), ("", "", "a"): move(toColumn: cursor.column + count)
    case ("", "", "D"): move(toColumn: cursor.column - count)
    case ("", "", "G"), ("", "", "`"): move(toColumn: count - 1)
    case ("", "", "d"): move(toRow: count - 1)
    case ("", "", "H"), ("", "", "f"):
      move(toRow: count - 1)
      move(toColumn: sequence.parameter(1) - 1)
    case ("", "", "Z"): move(toColumn: (max(0, cursor.column - 1) / 8) * 8)
    case ("", "", "J"): eraseDisplay(sequence.parameter(0, or: 0))
    case ("", "", "K"): eraseLine(sequence.parameter(0, or: 0))
    case ("", "", "X"): erase(cursor.column..<min(size.columns, cursor.column + count), row: cursor.row)
    case ("", "", "@"): insertCells(count)
    case ("", "", "P"): deleteCells(count)
    case ("", "", "L"): if region.contains(cursor.row) { scrollDown(from: cursor.row, by: count) }
    case ("", "", "M"): if region.contains(cursor.row) { scrollUp(from: cursor.row, by: count) }
    case ("", "", "S"): scrollUp(from: region.lowerBound, by: count)
    case ("", "", "T"): scrollDown(from: region.lowerBound, by: count)
    case ("", "", "b"):
      guard let lastCharacter else { return unknown.append("REP without a character") }
      for _ in 0..<count { print(lastCharacter) }
    case ("", "", "m"):
      unknown += style.apply(sequence.parameters).map { "SGR \($0)" }
    case ("", "", "r"):
      let top = min(count, size.rows) - 1
      region = top..<max(top + 1, min(size.rows, sequence.parameter(1, or: size.rows)))
      cursor = Point(column: 0, row: 0)
      wrapsNext = false
    case ("", "", "h") where sequence.parameters == [4]: inserts = true
    case ("", "", "l") where sequence.parameters == [4]: inserts = false
    case ("", "", "h") where sequence.parameters == [8]: ordersText = true
    case ("", "", "l") where sequence.parameters == [8]: ordersText = false
    case ("", "$", "p"): answers += identity.answer(aboutStandardMode: count, isSet: ordersText)
    case ("?", "", "h"): set(sequence.parameters, true)
    case ("?", "", "l"): set(sequence.parameters, false)
    case ("", "", "c") where sequence.parameter(0, or: 0) == 0: answers += identity.attributesAnswer
    case ("?", "$", "p"): answers += identity.answer(aboutMode: count)
    // The title stack and the cursor's shape have no visible effect here.
    case ("", "", "t") where [22, 23].contains(count), ("", " ", "q"): break
    default:
      let numbers = sequence.parameters.map { String($0) }.joined(separator: ";")
      unknown.append("Esc [ \(sequence.prefix)\(numbers)\(sequence.intermediates)\(sequence.final)")
    }
  }

  private mutating func set(_ modes: [Int], _ isOn: Bool) {
    for mode in modes { set(mode, isOn) }
  }

  private mutating func set(_ mode: Int, _ isOn: Bool) {
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    switch mode {
    case 47, 1047, 1049:
      if isOn, mainScreen == nil {
        saved = (cursor, style)
        mainScreen = cells
        cells = Self.blank(size)
      } else if !isOn, let main = mainScreen {
        cells = main
        mainScreen = nil
        (cursor, style) = saved
      }
    case 1, 7, 12, 25, 1000, 1002, 1003, 1004, 1006, 2004, 2026: break
    default: unknown.append("mode \(mode)")
    }
  }

  mutating func move(toColumn column: Int) {
    cursor.column = min(max(0, column), size.columns - 1)
    wrapsNext = false
  }

  mutating func move(toRow row: Int) {
    cursor.row = min(max(0, row), size.rows - 1)
    wrapsNext = false
  }

  mutating func lineFeed() {
    if cursor.row == region.upperBound - 1 {
      scrollUp(from: region.lowerBound, by: 1)
    } else if cursor.row < size.rows - 1 {
      cursor.row += 1
    }
  }

  private mutating func reverseLineFeed() {
    if cursor.row == region.lowerBound {
      scrollDown(from: region.lowerBound, by: 1)
    } else {
      move(toRow: cursor.row - 1)
    }
  }

  /// An erased cell keeps the background colour, as in xterm (`bce`).
  private var erased: EmulatedCell {
    var cell = EmulatedCell()
    cell.style.background = style.background
    return cell
  }

  private mutating func erase(_ columns: Range<Int>, row: Int) {
    let current = cursor.row
    cursor.row = row
    for column in columns { put(erased, at: column) }
    cursor.row = current
    wrapsNext = false
  }

  private mutating func eraseLine(_ part: Int) {
    switch part {
    case 0: erase(cursor.column..<size.columns, row: cursor.row)
    case 1: erase(0..<cursor.column + 1, row: cursor.row)
    default: erase(0..<size.columns, row: cursor.row)
    }
  }

  private mutating func eraseDisplay(_ part: Int) {
    let rows: Range<Int>
    switch part {
    case 0:
      eraseLine(0)
      rows = cursor.row + 1..<size.rows
    case 1:
      eraseLine(1)
      rows = 0..<cursor.row
    default: rows = 0..<size.rows
    }
    for row in rows { erase(0..<size.columns, row: row) }
  }

  mutating func insertCells(_ count: Int) {
    let count = min(count, size.columns - cursor.column)
    cells[cursor.row].removeLast(count)
    cells[cursor.row].insert(contentsOf: Array(repeating: erased, count: count), at: cursor.column)
    wrapsNext = false
  }

  private mutating func deleteCells(_ count: Int) {
    let count = min(count, size.columns - cursor.column)
    cells[cursor.row].removeSubrange(cursor.column..<cursor.column + count)
    cells[cursor.row] += Array(repeating: erased, count: count)
    wrapsNext = false
  }

  private mutating func scrollUp(from top: Int, by count: Int) {
    let count = min(count, region.upperBound - top)
    let blank = Array(repeating: Array(repeating: erased, count: size.columns), count: count)
    cells.insert(contentsOf: blank, at: region.upperBound)
    cells.removeSubrange(top..<top + count)
  }

  private mutating func scrollDown(from top: Int, by count: Int) {
    let count = min(count, region.upperBound - top)
    let blank = Array(repeating: Array(repeating: erased, count: size.columns), count: count)
    cells.removeSubrange(region.upperBound - count..<region.upperBound)
    cells.insert(contentsOf: blank, at: top)
  }
}
