import TerminalUI

/// The keys of a dialog, for the help that opens over it.
struct DialogHelp: Hashable {
  let title: String
  /// Their labels are sentences.
  let keys: [KeyHint]

  /// - Parameters:
  ///   - content: the dialog as last drawn.
  ///   - further: the keys that its footer doesn't name.
  ///   - isTyping: whether a line of text has the focus.
  init(_ content: DialogContent, further: [KeyHint], isTyping: Bool) {
    title = content.title
    let footer = content.footer
    var closing = footer.alternative
    if !footer.consequence.isEmpty { closing.label += ": " + footer.consequence }
    let condition = footer.condition.isEmpty ? [] : [KeyHint("", footer.condition)]
    keys = (condition + footer.keys + [closing]).map(\.asSentence) + further + (isTyping ? Self.editing : [])
  }

  /// The keys of ``LineEditor``.
  private static let editing = [
    KeyHint("Home End", "Go to the start or the end of the line, as Ctrl-A and Ctrl-E."),
    KeyHint("Alt-B Alt-F", "Go back or forward by a word."),
    KeyHint("Ctrl-U Ctrl-K", "Delete to the start or to the end of the line."),
    KeyHint("Ctrl-W Alt-D", "Delete the word before or after the cursor."),
    KeyHint("Ctrl-Y", "Insert what was deleted last."),
  ]
}

extension KeyHint {
  fileprivate var asSentence: KeyHint {
    KeyHint(keys, label.prefix(1).uppercased() + label.dropFirst() + ".", key: key)
  }
}
