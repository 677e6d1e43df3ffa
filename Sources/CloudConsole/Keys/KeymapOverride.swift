import CloudProfiles
import TerminalUI

/// The keys that the user's settings give a command.
public struct KeymapOverride: Hashable, Sendable {
  /// The name of the command: `refresh`.
  public let command: String
  /// The names of the keys that replace the built-in ones: `ctrl-r`, `f5`, `R`, `space`. If empty, only the palette
  /// runs the command.
  public let keys: [String]
  /// The line in the settings, for messages.
  public let line: Int?

  public init(command: String, keys: [String], line: Int? = nil) {
    self.command = command
    self.keys = keys
    self.line = line
  }
}

/// The error for an invalid override. The description says where it is and how to correct it.
public struct KeymapOverrideError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the override.
  public enum Reason: Hashable, Sendable {
    /// The command doesn't exist; with the nearest name, if there is one.
    case unknownCommand(String, nearest: String?)
    case unknownKey(String, UnknownKey)
    /// The settings contain the command twice.
    case repeated(Command)
    /// The key is bound to another command.
    case clash(Key, Command, with: Command)
    /// The command can destroy data and must not be on a Ctrl chord, which is easily hit by accident.
    case dangerousChord(Key, Command)
    /// The command must have a key: without one, nobody could quit.
    case noKey(Command)
  }

  public let reason: Reason
  public let line: Int?

  public var description: String {
    (line.map { "Line \($0): " } ?? "") + message
  }

  /// The description without the line, for callers that report the location themselves.
  public var message: String {
    switch reason {
    case .unknownCommand(let name, let nearest):
      "There is no command \"\(name)\"\(nearest.map { ": did you mean \"\($0)\"?" } ?? ".") skydeck keys lists them."
    case .unknownKey(_, let error): error.description
    case .repeated(let command): "\(command.rawValue) is bound twice: list all its keys in one place."
    case .clash(let key, let command, let other):
      "\(key.title) can't be \(command.rawValue): it is \(other.rawValue). Give \(other.rawValue) another key, or take another one."
    case .dangerousChord(let key, let command):
      "\(command.rawValue) can't be on \(key.title): destructive commands can't be on Ctrl chords."
    case .noKey(let command): "\(command.rawValue) needs a key."
    }
  }
}

extension Keymap {
  /// This keymap with other keys for some commands; hints, help, palette and `skydeck keys` use them.
  ///
  /// - Throws: `KeymapOverrideError` for the first invalid override.
  public func overridden(by overrides: [KeymapOverride]) throws(KeymapOverrideError) -> Keymap {
    var keys: [Command: (keys: [Key], line: Int?)] = [:]
    for override in overrides {
      let command = try Self.command(of: override)
      guard keys[command] == nil else { throw KeymapOverrideError(reason: .repeated(command), line: override.line) }
      keys[command] = (try Self.keys(of: override), override.line)
    }
    let changed = bindings.map { keys[$0.command].map { $0.keys }.map($0.bound(to:)) ?? $0 }
    for binding in changed {
      guard let (_, line) = keys[binding.command] else { continue }
      if let reason = Self.problem(with: binding, among: changed) {
        throw KeymapOverrideError(reason: reason, line: line)
      }
    }
    do throws(KeymapError) {
      return try Keymap(changed)
    } catch {
      // Reached only if the built-in bindings clash.
      throw KeymapOverrideError(reason: .clash(error.key, error.commands[1], with: error.commands[0]), line: nil)
    }
  }

  private static func command(of override: KeymapOverride) throws(KeymapOverrideError) -> Command {
    if let command = Command(rawValue: override.command) { return command }
    let nearest = NearestName.nearest(to: override.command, among: Command.allCases.map(\.rawValue))
    throw KeymapOverrideError(reason: .unknownCommand(override.command, nearest: nearest), line: override.line)
  }

  private static func keys(of override: KeymapOverride) throws(KeymapOverrideError) -> [Key] {
    var keys: [Key] = []
    for name in override.keys {
      do throws(UnknownKey) {
        let key = try Key(name: name)
        if !keys.contains(key) { keys.append(key) }
      } catch {
        throw KeymapOverrideError(reason: .unknownKey(name, error), line: override.line)
      }
    }
    return keys
  }

  private static func problem(with binding: Binding, among all: [Binding]) -> KeymapOverrideError.Reason? {
    if binding.command == .quit, binding.keys.isEmpty { return .noKey(.quit) }
    for key in binding.keys {
      if binding.isDangerous, case .control = key { return .dangerousChord(key, binding.command) }
      if let other = all.first(where: { $0.command != binding.command && $0.keys.contains(key) }) {
        return .clash(key, binding.command, with: other.command)
      }
    }
    return nil
  }
}
