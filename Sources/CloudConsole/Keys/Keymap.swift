import TerminalUI

/// The table of keys, from which the hint bar, help, palette, README and `skydeck keys` are made.
public struct Keymap: Sendable {
  public let bindings: [Binding]
  private let commands: [Key: Command]
  /// The index of each command's binding.
  private let places: [Command: Int]

  /// - Throws: `KeymapError` if a key is bound to two commands.
  public init(_ bindings: [Binding]) throws(KeymapError) {
    var commands: [Key: Command] = [:]
    for binding in bindings {
      for key in binding.keys {
        if let other = commands[key] { throw KeymapError(key: key, commands: [other, binding.command]) }
        commands[key] = binding.command
      }
    }
    self.init(bindings: bindings, commands: commands)
  }

  private init(bindings: [Binding], commands: [Key: Command]) {
    self.bindings = bindings
    self.commands = commands
    places = Dictionary(
      bindings.enumerated().map { ($1.command, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The built-in keys; a test checks that no key is bound twice.
  public static let standard: Keymap = {
    let pairs = standardBindings.flatMap { binding in binding.keys.map { ($0, binding.command) } }
    return Keymap(
      bindings: standardBindings, commands: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
  }()

  public func command(for key: Key) -> Command? {
    commands[key]
  }

  /// The same keys in the words of a pane.
  ///
  /// - Parameter pane: the plural of what it lists: `people`.
  func worded(in pane: String) -> Keymap {
    Keymap(bindings: bindings.map { $0.worded(in: pane) }, commands: commands)
  }

  public func binding(of command: Command) -> Binding? {
    places[command].map { bindings[$0] }
  }
}

/// A key bound to two commands.
public struct KeymapError: Error, Hashable, CustomStringConvertible {
  public let key: Key
  public let commands: [Command]

  public var description: String {
    "The key \(key.title) is bound to \(commands.map(\.rawValue).joined(separator: " and ")): bind it to one of them."
  }
}
