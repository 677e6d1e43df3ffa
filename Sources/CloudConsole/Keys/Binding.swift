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

  /// What can be typed after the command's name in the palette.
  public struct Argument: Hashable, Sendable {
    /// What it is, in capitals: `FILE`.
    public let name: String
    public let example: String
    /// What can be written there, and what the command does with it, as sentences.
    public let help: String
    /// Whether the command does nothing without it.
    public let isRequired: Bool

    public init(_ name: String, example: String, _ help: String, isRequired: Bool = false) {
      self.name = name
      self.example = example
      self.help = help
      self.isRequired = isRequired
    }
  }

  /// What a command means in one pane.
  struct Wording: Hashable, Sendable {
    let label: String
    let help: String
  }

  public private(set) var keys: [Key]
  public let command: Command
  /// One or two words for the hint bar.
  public private(set) var label: String
  /// A few words for the palette, at most 38 columns.
  public let summary: String
  /// What the command does, in one sentence.
  public private(set) var help: String
  public let task: Task
  /// Whether the command can destroy data; it asks before it does.
  public let isDangerous: Bool
  /// The operations of the API that the command can call.
  public let operations: [String]
  /// Other words that find the command in the palette, in small letters.
  public let synonyms: [String]
  /// `nil` if the command takes none, as every command that writes.
  public let argument: Argument?
  /// What it means in the panes where it means something of its own, by the plural of what they list: `people`.
  let wordings: [String: Wording]

  /// - Parameter synonyms: separated by blanks.
  init(
    _ command: Command, _ keys: [Key], _ label: String, summary: String, _ help: String, task: Task,
    isDangerous: Bool = false, operations: [String] = [], synonyms: String = "", argument: Argument? = nil,
    wordings: [String: Wording] = [:]
  ) {
    self.keys = keys
    self.command = command
    self.label = label
    self.summary = summary
    self.help = help
    self.task = task
    self.isDangerous = isDangerous
    self.operations = operations
    self.synonyms = synonyms.split(separator: " ").map(String.init)
    self.argument = argument
    self.wordings = wordings
  }

  /// The same binding with other keys.
  func bound(to keys: [Key]) -> Binding {
    var binding = self
    binding.keys = keys
    return binding
  }

  /// The same binding in the words of a pane.
  ///
  /// - Parameter pane: the plural of what it lists.
  func worded(in pane: String) -> Binding {
    guard let wording = wordings[pane] else { return self }
    var binding = self
    (binding.label, binding.help) = (wording.label, wording.help)
    return binding
  }

  /// The label in the words of a pane; each frame asks for it.
  func label(in pane: String) -> String { wordings[pane]?.label ?? label }

  /// The command's name, with the argument that it takes: `theme THEME`, `filter [TEXT]`.
  public var usage: String {
    guard let argument else { return command.rawValue }
    return "\(command.rawValue) \(argument.isRequired ? argument.name : "[\(argument.name)]")"
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
