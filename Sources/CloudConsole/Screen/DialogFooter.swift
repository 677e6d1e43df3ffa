import TerminalUI

/// What the keys of a dialog do. Where there is no room for all, the way out is what stays.
struct DialogFooter: Hashable {
  /// What goes on, or is asked: `sending 3 of 12…`.
  var status = ""
  /// Whether the status is a question that the keys answer. Where it has no room beside them, it takes the title's place.
  var isQuestion = false
  /// What is being searched for, while it is typed.
  var prompt: FilterPrompt?
  /// The likeliest first: `Enter send`.
  var keys: [String] = []
  /// `Esc leave`.
  var alternative: String
  /// What follows from taking it: `its outcome will be said`.
  var consequence = ""
  /// What changes what the keys do: `Type the full name, then press Enter to delete`.
  var condition = ""

  /// All of it that has room. First what explains goes, then the keys that are likely least, then the status is cut.
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

  /// The question, where it has no room beside the keys that answer it.
  func displacedQuestion(columns: Int, textWidth: TextWidth) -> String? {
    isQuestion && !text(columns: columns, textWidth: textWidth).hasPrefix(status) ? status : nil
  }

  /// The keys alone.
  var withoutStatus: DialogFooter {
    var footer = self
    (footer.status, footer.isQuestion, footer.prompt) = ("", false, nil)
    return footer
  }
}
