import TerminalUI

/// A key that works at present, with its effect: `Enter send`, `↑↓ PgUp PgDn scroll`.
struct KeyHint: Hashable {
  var keys: String
  var label: String
  /// The key that a click on the hint presses; `nil` if it names none.
  let key: Key?

  /// - Parameter key: by default the first one that `keys` names.
  init(_ keys: String, _ label: String, key: Key? = nil) {
    self.keys = keys
    self.label = label
    self.key = key ?? keys.split(separator: " ").first.flatMap { try? Key(name: String($0)) }
  }

  var text: String { label.isEmpty ? keys : "\(keys) \(label)" }
}

extension Binding {
  /// Its first key; `nil` if it has none.
  var hint: KeyHint? { keys.first.map { KeyHint($0.title, label, key: $0) } }

  /// Its first key, in the words of a pane.
  func hint(in pane: String) -> KeyHint? { keys.first.map { KeyHint($0.title, label(in: pane), key: $0) } }
}
