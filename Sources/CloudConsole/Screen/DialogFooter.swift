import TerminalUI

/// The keys of a dialog and their effects. If there is no room for all, the key that closes the dialog stays.
struct DialogFooter: Hashable {
  /// Progress or a question: `sending 3 of 12…`.
  var status = ""
  /// Whether the status is a question that the keys answer. If there is no room for it, it replaces the title.
  var isQuestion = false
  /// The search text while it is being typed.
  var prompt: FilterPrompt?
  /// The keys, the most likely first: `Enter send`.
  var keys: [String] = []
  /// The key that closes the dialog: `Esc leave`.
  var alternative: String
  /// The effect of `alternative`: `its outcome will be reported`.
  var consequence = ""
  /// A condition for the keys: `Type the full name, then press Enter to delete`.
  var condition = ""

  /// The text that fits. Explanations are dropped first, then the least likely keys; last, the status is cut.
  func text(columns: Int, textWidth: TextWidth, gap: String = "   ") -> String {
    func fits(_ text: String) -> Bool { textWidth.columns(of: text) <= columns }
    let start = prompt.map { "/\($0.text)▏" } ?? status
    let whole = alternative + (consequence.isEmpty ? "" : ", " + consequence)
    func joined(_ keys: some Sequence<String>, _ end: String...) -> String {
      ([start] + keys + end).filter { !$0.isEmpty }.joined(separator: gap)
    }
    let tries = [joined(keys, whole, condition), joined(keys, whole)]
    if let text = tries.first(where: fits) { return text }
    if isQuestion { return withoutStatus.text(columns: columns, textWidth: textWidth, gap: gap) }
    for count in (0...keys.count).reversed() {
      let text = joined(keys.prefix(count), alternative)
      if fits(text) { return text }
    }
    let room = columns - textWidth.columns(of: gap + alternative)
    return room < 8
      ? textWidth.truncated(alternative, to: columns) : textWidth.truncated(start, to: room) + gap + alternative
  }

  /// The question, if there is no room for it beside the keys.
  func displacedQuestion(columns: Int, textWidth: TextWidth) -> String? {
    isQuestion && !text(columns: columns, textWidth: textWidth).hasPrefix(status) ? status : nil
  }

  /// The footer without status and prompt.
  var withoutStatus: DialogFooter {
    var footer = self
    (footer.status, footer.isQuestion, footer.prompt) = ("", false, nil)
    return footer
  }
}
