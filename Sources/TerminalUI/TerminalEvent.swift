/// A key as a person means it.
public enum Key: Hashable, Sendable {
  /// A printable character, one grapheme cluster; a space is `character(" ")`.
  case character(Character)
  /// Ctrl and a lower-case letter: `control("a")`. Tab, Enter, Backspace and Esc have cases of their own.
  case control(Character)
  /// Alt (Meta) and a character.
  case alt(Character)
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)
}

/// What comes from the terminal.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// Pasted text (bracketed paste), as it was pasted.
  case paste(String)
  case mouse(MouseEvent)
  case resize(Size)
  /// The terminal's answer to a question (device attributes, colours, cursor position): never a key.
  case answer([UInt8])
  /// An escape sequence without a meaning here: never a key.
  case unknown([UInt8])
  /// Bytes, typed or pasted, that are no text in the terminal's encoding: never a key, nor put into what is typed.
  case undecodable([UInt8])
}

/// A mouse report.
public struct MouseEvent: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  public var action: Action
  /// 0 left, 1 middle, 2 right.
  public var button: Int
  public var place: Point

  public init(action: Action, button: Int = 0, place: Point) {
    self.action = action
    self.button = button
    self.place = place
  }
}
