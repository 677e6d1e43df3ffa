import TerminalUI

/// The error for a name that is not the name of a key.
public struct UnknownKey: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

extension Key {
  /// The key with a name used in settings: `x`, `D`, `ctrl-x`, `alt-x`, `f5`, `space`, `enter`, `pgdn`. Case is
  /// ignored, except for a single character.
  ///
  /// - Throws: `UnknownKey` for an unknown name, or for a key that a terminal doesn't distinguish from another.
  public init(name: String) throws(UnknownKey) {
    if name.count == 1, let character = name.first {
      guard let scalar = character.unicodeScalars.first, scalar.properties.generalCategory != .control else {
        throw UnknownKey(description: "A control character can't be a key's name: write ctrl- and a letter.")
      }
      self = .character(character)
      return
    }
    let lower = name.lowercased()
    if let key = Self.named[lower] {
      self = key
    } else if lower.hasPrefix("ctrl-"), lower.count == 6, let character = lower.last {
      self = try Self.chord(control: character)
    } else if lower.hasPrefix("alt-"), lower.count == 5, let character = name.last {
      self = try Self.chord(alt: character)
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...20).contains(number) {
      self = .function(number)
    } else {
      throw UnknownKey(
        description: "There is no key \"\(name)\": keys are a character, ctrl-x, alt-x, f1 to f20, space, enter, tab, "
          + "shift-tab, esc, backspace, delete, insert, up, down, left, right, home, end, pgup and pgdn.")
    }
  }

  private static let named: [String: Key] = [
    "space": .character(" "), "enter": .enter, "return": .enter, "tab": .tab, "shift-tab": .backTab,
    "backtab": .backTab,
    "esc": .escape, "escape": .escape, "backspace": .backspace, "delete": .delete, "del": .delete, "insert": .insert,
    "ins": .insert, "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
    "pgup": .pageUp, "page-up": .pageUp, "pgdn": .pageDown, "page-down": .pageDown,
  ]

  private static func chord(control character: Character) throws(UnknownKey) -> Key {
    // For these chords a terminal sends the byte of another key.
    let others: [Character: String] = ["i": "tab", "m": "enter", "j": "enter", "h": "backspace", "[": "esc"]
    if let other = others[character] {
      throw UnknownKey(description: "A terminal sends the same for ctrl-\(character) and \(other): write \(other).")
    }
    guard ("a"..."z").contains(character) || "\\]^_".contains(character) else {
      throw UnknownKey(description: "A terminal sends nothing for ctrl-\(character): Ctrl goes with a letter.")
    }
    return .control(character)
  }

  private static func chord(alt character: Character) throws(UnknownKey) -> Key {
    guard !"[O]PX^_".contains(character) else {
      throw UnknownKey(description: "alt-\(character) starts other keys' sequences: use another character.")
    }
    return .alt(.character(character))
  }
}
