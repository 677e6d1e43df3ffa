import CloudViewModels
import TerminalUI

/// The records of a batch as lines, one or more for each: what it is called, what follows, what became of it.
struct BatchList {
  private(set) var lines: [DialogLine] = []
  /// The record that each line is about, by its place.
  private(set) var items: [Int] = []

  init(_ batch: [BatchModel.Item], columns: Int, textWidth: TextWidth) {
    for (index, item) in batch.enumerated() {
      let room = max(1, columns - 4)
      add(
        TextWrap.lines(Self.text(of: item), columns: room, textWidth: textWidth).enumerated().map { offset, text in
          DialogLine([Span(offset == 0 ? "  • " : "    "), Span(text, .strong)])
        }, of: index)
      guard let outcome = item.outcomeText else { continue }
      let style = Self.style(of: item.state)
      add(
        TextWrap.lines(outcome, columns: room - 2, textWidth: textWidth).map {
          DialogLine([Span("      "), Span($0, style)])
        },
        of: index)
    }
  }

  private mutating func add(_ new: [DialogLine], of index: Int) {
    lines += new
    items += Array(repeating: index, count: new.count)
  }

  /// `Ada Lovelace · ada@atelier.example`. What became of a record takes the place of what was to follow.
  static func text(of item: BatchModel.Item) -> String {
    guard item.state == .asked else { return item.title }
    return ([item.title] + (item.details ?? ["…"])).joined(separator: " · ")
  }

  private static func style(of state: BatchModel.State) -> Style {
    switch state {
    case .done: .good
    case .refused, .changed: .danger
    case .unknown: .warning
    case .asked, .sending, .gone, .unsent: .muted
    }
  }
}
