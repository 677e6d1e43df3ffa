import CloudChanges
import CloudViewModels
import TerminalUI

/// The records of a question as lines, one or more for each: title, consequences, result.
struct QuestionList {
  private(set) var lines: [DialogLine] = []
  /// The index of the record that each line belongs to.
  private(set) var items: [Int] = []

  /// - Parameter held: the indices of the records that are left out unless the user includes them.
  init(_ records: [QuestionModel.Item], held: Set<Int>, columns: Int, textWidth: TextWidth) {
    for (index, item) in records.enumerated() {
      let room = max(1, columns - 4)
      add(
        TextWrap.lines(Self.text(of: item), columns: room, textWidth: textWidth).enumerated().map { offset, text in
          DialogLine([Span(offset == 0 ? "  • " : "    "), Span(text, .strong)])
        }, of: index)
      func addRemark(_ text: String, _ style: Style) {
        add(
          TextWrap.lines(text, columns: room - 2, textWidth: textWidth).map {
            DialogLine([Span("      "), Span($0, style)])
          },
          of: index)
      }
      if item.state == .asked, let difference = item.difference { addRemark("changed: \(difference)", .warning) }
      if held.contains(index) { addRemark("left out: the cloud would have no admin", .warning) }
      if let outcome = item.outcomeText { addRemark(outcome, Self.style(of: item.state)) }
    }
  }

  /// Puts lines before those of the records.
  mutating func begin(with lines: [DialogLine]) {
    self.lines = lines + self.lines
    items = lines.map { _ in 0 } + items
  }

  private mutating func add(_ new: [DialogLine], of index: Int) {
    lines += new
    items += Array(repeating: index, count: new.count)
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
