import TerminalUI

/// The keys of a dialog and their effects. If there is no room for all, the key that closes the dialog stays.
struct DialogFooter: Hashable {
  /// Progress or a question: `sending 3 of 12…`.
  var status = ""
  /// Whether the status is a question that the keys answer. If there is no room for it, it replaces the title.
  var isQuestion = false
  /// The search text while it is being typed.
  var prompt: FilterPrompt?
  /// The most likely first.
  var keys: [KeyHint] = []
  /// The key that closes the dialog: `Esc leave`.
  var alternative: KeyHint
  /// The effect of `alternative`: `its outcome will be reported`.
  var consequence = ""
  /// A condition for the keys: `Type the full name, then press Enter to delete`.
  var condition = ""

  /// A piece of the text, and the key that a click on it presses.
  struct Part: Hashable {
    let text: String
    var key: Key?
  }

  /// The text that fits. Explanations are dropped first, then the least likely keys; last, the status is cut.
  func text(columns: Int, textWidth: TextWidth, gap: String = "   ") -> String {
    parts(columns: columns, textWidth: textWidth, gap: gap).map(\.text).joined(separator: gap)
  }

  /// The same in parts, between which there is the gap.
  func parts(columns: Int, textWidth: TextWidth, gap: String = "   ") -> [Part] {
    let start = Part(text: prompt.map { "/\($0.text)▏" } ?? status)
    let end = Part(text: alternative.text, key: alternative.key)
    let whole = Part(text: end.text + (consequence.isEmpty ? "" : ", " + consequence), key: end.key)
    func joined(_ count: Int, _ end: Part...) -> [Part] {
      ([start] + keys.prefix(count).map { Part(text: $0.text, key: $0.key) } + end).filter { !$0.text.isEmpty }
    }
    func fits(_ parts: [Part]) -> Bool {
      textWidth.columns(of: parts.map(\.text).joined(separator: gap)) <= columns
    }
    let tries = [joined(keys.count, whole, Part(text: condition)), joined(keys.count, whole)]
    if let parts = tries.first(where: fits) { return parts }
    if isQuestion { return withoutStatus.parts(columns: columns, textWidth: textWidth, gap: gap) }
    for count in (0...keys.count).reversed() {
      let parts = joined(count, end)
      if fits(parts) { return parts }
    }
    let room = columns - textWidth.columns(of: gap + end.text)
    return room < 8
      ? [Part(text: textWidth.truncated(end.text, to: columns), key: end.key)]
      : [Part(text: textWidth.truncated(start.text, to: room)), end]
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
