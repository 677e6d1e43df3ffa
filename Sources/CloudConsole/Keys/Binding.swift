import TerminalUI

/// One line of the keymap: keys, the command they give, and how it is explained.
public struct Binding: Hashable, Sendable {
  /// What a person wants when they look for a binding.
  public enum Task: String, CaseIterable, Hashable, Sendable {
    case move = "Moving about"
    case look = "Looking"
    case mark = "Marking several"
    case change = "Changing"
    case console = "The console"
  }

  public let keys: [Key]
  public let command: Command
  /// One or two words for the hint bar.
  public let label: String
  /// What it does, one sentence.
  public let help: String
  public let task: Task
  /// Whether it can lead to a loss; such a command asks before it does anything.
  public let isDangerous: Bool
  /// The API's operations that it leads to.
  public let operations: [String]

  public init(
    _ command: Command, _ keys: [Key], _ label: String, _ help: String, task: Task, isDangerous: Bool = false,
    operations: [String] = []
  ) {
    self.keys = keys
    self.command = command
    self.label = label
    self.help = help
    self.task = task
    self.isDangerous = isDangerous
    self.operations = operations
  }

  /// The same on other keys.
  func bound(to keys: [Key]) -> Binding {
    Binding(command, keys, label, help, task: task, isDangerous: isDangerous, operations: operations)
  }

  /// The keys as text: `D, Delete`; a dash for a command that only the palette runs.
  public var keyText: String {
    keys.isEmpty ? "—" : keys.map(\.title).joined(separator: ", ")
  }

  /// The first key, or the command's name where it has none.
  var firstKeyText: String { keys.first?.title ?? command.rawValue }
}

extension Key {
  /// How the key is written in help and hints: `Ctrl-L`, `PgUp`, `↑`.
  public var title: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .keypad(let character): String(character)
    case .control(let character): "Ctrl-\(character.uppercased())"
    case .alt(let key): "Alt-\(key.title)"
    case .wordLeft: "Ctrl-←"
    case .wordRight: "Ctrl-→"
    case .deleteWord: "Ctrl-Delete"
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .insert: "Insert"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}
