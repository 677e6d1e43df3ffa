import CloudViewModels
import TerminalUI

/// The columns that the rows of a pane can be sorted by. A letter or Enter chooses one; the present one turns the rows
/// round.
@MainActor
final class SortLayer: ScrollingLayer {
  private struct Choice {
    /// `nil` for the order of the tree.
    let column: ColumnHeader?
    let letter: Character?
  }

  private let table: any TableModel
  private let choices: [Choice]
  private var selected: Int

  /// - Parameter columns: the columns to choose from.
  init(_ table: any TableModel, columns: [ColumnHeader], keymap: Keymap) {
    self.table = table
    let all: [ColumnHeader?] = (table.isGraph ? [nil] : []) + columns
    choices = Self.lettered(all)
    selected = all.firstIndex { $0?.id == table.order?.column } ?? 0
    super.init(keymap: keymap)
  }

  /// Gives each column a letter of its title that scrolls nothing and that no other one has.
  private static func lettered(_ columns: [ColumnHeader?]) -> [Choice] {
    var taken: Set<Character> = ["g", "j", "k", "q"]
    return columns.map { column in
      let letter = (column?.title ?? "tree").lowercased().first { $0.isLetter && !taken.contains($0) }
      if let letter { taken.insert(letter) }
      return Choice(column: column, letter: letter)
    }
  }

  override var takesKeysTypedAhead: Bool { true }
  override var title: String { "Sort \(table.names.plural) by" }
  override var compactColumns: Int? { 44 }
  override var keyHelp: [KeyHint] { [KeyHint("Enter", "sort")] }
  override var cursorLine: Int? { selected }

  override func moveCursor(to line: Int) {
    selected = line
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let titles = 2 + (choices.map { textWidth.columns(of: title($0)) }.max() ?? 0)
    let lines = choices.enumerated().map { index, choice in
      let isHere = index == selected
      let title = title(choice)
      let gap = String(repeating: " ", count: titles - textWidth.columns(of: title))
      let isPresent = choice.column?.id == table.order?.column
      return DialogLine([
        Span(isHere ? "▸ " : "  ", .accent), Span("\(choice.letter.map(String.init) ?? " ")  ", .accent),
        Span(title + gap, isHere ? .strong : .normal),
        Span(isPresent ? direction(choice.column) : "", .muted),
      ])
    }
    return Page(lines: lines, cursor: selected, cursorID: String(selected))
  }

  private func title(_ choice: Choice) -> String { choice.column?.title ?? "TREE" }

  /// The present direction: `▾ largest first`.
  private func direction(_ column: ColumnHeader?) -> String {
    guard let column, let order = table.order else { return "parents first" }
    let words: (ascending: String, descending: String) =
      switch column.kind {
      case .name, .text, .email, .link, .state, .references: ("A to Z", "Z to A")
      case .date: ("oldest first", "newest first")
      case .bytes, .number, .percent: ("smallest first", "largest first")
      case .role: ("admins last", "admins first")
      case .id, .flag: ("ascending", "descending")
      }
    return order.ascending ? "▴ \(words.ascending)" : "▾ \(words.descending)"
  }

  override func take(_ key: Key) -> LayerAnswer {
    if key == .enter { return choose(selected) }
    guard case .character(let letter) = key, let index = choices.firstIndex(where: { $0.letter == letter }) else {
      return .stay
    }
    return choose(index)
  }

  private func choose(_ index: Int) -> LayerAnswer {
    if let column = choices[index].column { table.sort(by: column) } else { table.sort(by: nil) }
    return .close
  }
}
