import CloudChanges
import CloudViewModels
import TerminalUI

/// The records of a question as lines, one or more for each: title, consequences, result.
///
/// The list may be of thousands, and one of them changes at a time: what is laid out already is kept.
struct QuestionList: Hashable {
  /// One record with its lines.
  private struct Entry: Hashable {
    let item: QuestionModel.Item
    let isHeld: Bool
    let lines: [DialogLine]
  }

  private let columns: Int
  private var entries: [Entry] = []
  /// The first line of each record, and the number of lines.
  private var starts: [Int] = [0]
  /// Lines before those of the records.
  private var head: [DialogLine] = []

  /// - Parameters:
  ///   - held: the indices of the records that are left out unless the user includes them.
  ///   - before: the list of the frame before, if there is one.
  init(
    _ records: [QuestionModel.Item], held: Set<Int>, columns: Int, textWidth: TextWidth, after before: QuestionList?
  ) {
    self.columns = columns
    let old = before?.columns == columns ? before?.entries ?? [] : []
    entries.reserveCapacity(records.count)
    starts.reserveCapacity(records.count + 1)
    for (index, item) in records.enumerated() {
      let isHeld = held.contains(index)
      if old.indices.contains(index), old[index].isHeld == isHeld, old[index].item == item {
        entries.append(old[index])
      } else {
        let lines = Self.lines(of: item, isHeld: isHeld, columns: columns, textWidth)
        entries.append(Entry(item: item, isHeld: isHeld, lines: lines))
      }
      starts.append(starts[index] + entries[index].lines.count)
    }
  }

  /// The number of lines.
  var count: Int { head.count + (starts.last ?? 0) }

  func lines(_ range: Range<Int>) -> [DialogLine] {
    range.map { line in
      guard line >= head.count else { return head[line] }
      let index = record(at: line)
      return entries[index].lines[line - head.count - starts[index]]
    }
  }

  /// The index of the record that a line belongs to; that of the first for lines before it.
  func record(at line: Int) -> Int {
    let line = line - head.count
    var (low, high) = (0, max(0, entries.count - 1))
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= line { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Puts lines before those of the records.
  mutating func begin(with lines: [DialogLine]) {
    head = lines + head
  }

  private static func lines(
    of item: QuestionModel.Item, isHeld: Bool, columns: Int, _ textWidth: TextWidth
  ) -> [DialogLine] {
    let room = max(1, columns - 4)
    var lines = TextWrap.lines(text(of: item), columns: room, textWidth: textWidth).enumerated().map { offset, text in
      DialogLine([Span(offset == 0 ? "  • " : "    "), Span(text, .strong)])
    }
    func addRemark(_ text: String, _ style: Style) {
      lines += TextWrap.lines(text, columns: room - 2, textWidth: textWidth).map {
        DialogLine([Span("      "), Span($0, style)])
      }
    }
    if item.state == .asked, let difference = item.difference { addRemark("changed: \(difference)", .warning) }
    if isHeld { addRemark("left out: the cloud would have no admin", .warning) }
    if let outcome = item.outcomeText { addRemark(outcome, style(of: item.state)) }
    return lines
  }

  /// `Ada Lovelace · ada@atelier.example`. The result replaces the consequences once it is known.
  static func text(of item: QuestionModel.Item) -> String {
    guard item.state == .asked else { return item.title }
    return ([item.title] + item.texts.map { $0?.text ?? "…" }).joined(separator: " · ")
  }

  private static func style(of state: QuestionModel.State) -> Style {
    switch state {
    case .done: .good
    case .refused, .notDone, .changed: .danger
    case .unknown: .warning
    case .leftOut: .warning
    case .asked, .sending, .gone, .already, .unsent: .muted
    }
  }
}
