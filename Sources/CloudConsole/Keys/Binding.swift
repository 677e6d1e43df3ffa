import TerminalUI

/// One line of the keymap: a command, its keys and their description.
public struct Binding: Hashable, Sendable {
  /// The user's task by which bindings are grouped.
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
  /// What the command does, in one sentence.
  public let help: String
  public let task: Task
  /// Whether the command can destroy data; it asks before it does.
  public let isDangerous: Bool
  /// The operations of the API that the command can call.
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

  /// The same binding with other keys.
  func bound(to keys: [Key]) -> Binding {
    Binding(command, keys, label, help, task: task, isDangerous: isDangerous, operations: operations)
  }

  /// The keys as text: `D, Delete`; a dash if only the palette runs the command.
  public var keyText: String {
    keys.isEmpty ? "—" : keys.map(\.title).joined(separator: ", ")
  }

  /// The first key, or the command's name if it has no key.
  var firstKeyText: String { keys.first?.title ?? command.rawValue }
}

extension Key {
  /// The name of the key in help and hints: `Ctrl-L`, `PgUp`, `↑`.
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
