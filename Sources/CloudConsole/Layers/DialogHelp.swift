import TerminalUI

/// The keys of a dialog, for the help that opens over it.
struct DialogHelp: Hashable {
  struct Entry: Hashable {
    let keys: String
    let text: String

    init(_ keys: String, _ text: String) {
      self.keys = keys
      self.text = text
    }

    /// - Parameter hint: a key with its effect, as in a footer: `Enter send`, `↑↓ PgUp PgDn scroll`.
    init(hint: String) {
      let words = hint.split(separator: " ")
      let count = max(1, words.prefix { $0.count == 1 || $0.first?.isLowercase != true }.count)
      keys = words.prefix(min(count, max(1, words.count - 1))).joined(separator: " ")
      let effect = words.dropFirst(keys.split(separator: " ").count).joined(separator: " ")
      text = effect.prefix(1).uppercased() + effect.dropFirst() + "."
    }
  }

  let title: String
  let entries: [Entry]

  /// - Parameters:
  ///   - content: the dialog as last drawn.
  ///   - further: the keys that its footer doesn't name.
  ///   - isTyping: whether a line of text has the focus.
  init(_ content: DialogContent, further: [Entry], isTyping: Bool) {
    title = content.title
    let footer = content.footer
    let ending = footer.alternative + (footer.consequence.isEmpty ? "" : ": " + footer.consequence)
    let hints = (footer.keys + [ending]).filter { !$0.isEmpty }.map { Entry(hint: $0) }
    let condition = footer.condition.isEmpty ? [] : [Entry("", footer.condition + ".")]
    entries = condition + hints + further + (isTyping ? Self.editing : [])
  }

  /// The keys of ``LineEditor``.
  private static let editing = [
    Entry("Home End", "Go to the start or the end of the line, as Ctrl-A and Ctrl-E."),
    Entry("Alt-B Alt-F", "Go back or forward by a word."),
    Entry("Ctrl-U Ctrl-K", "Delete to the start or to the end of the line."),
    Entry("Ctrl-W Alt-D", "Delete the word before or after the cursor."),
    Entry("Ctrl-Y", "Insert what was deleted last."),
  ]
}
