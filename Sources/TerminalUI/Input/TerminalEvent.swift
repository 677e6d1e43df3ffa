/// A key as a person means it.
public enum Key: Hashable, Sendable {
  /// A printable character, one grapheme cluster; a space is `character(" ")`.
  case character(Character)
  /// Ctrl and a lower-case letter: `control("a")`. Tab, Enter, Backspace and Esc have cases of their own.
  case control(Character)
  /// Alt (Meta) and a key. Esc and that key typed soon after it come as the same.
  indirect case alt(Key)
  /// A character of the keypad in application mode. Esc, `O` and a letter typed at once come as the same.
  case keypad(Character)
  /// Ctrl with Left, Right or Delete: a word to the left or right, and deleting one.
  case wordLeft, wordRight, deleteWord
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)
}

/// What comes from the terminal.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// A key that came in one burst with an Esc, behind it: the person didn't see what that Esc did.
  case keyBehindEscape(Key)
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

  /// Whether it may be an Esc, a bracket or `O`, and a letter, that a person typed: the bytes are the same. Those that say
  /// whether the window is in front are no such.
  public var mayHoldEscape: Bool {
    guard case .unknown(let bytes) = self, bytes.count == 3 else { return false }
    return bytes != Array("\u{1B}[I".utf8) && bytes != Array("\u{1B}[O".utf8)
  }

  /// The key, whether it came behind an Esc or not; `nil` where it is none.
  public var key: Key? {
    switch self {
    case .key(let key), .keyBehindEscape(let key): key
    default: nil
    }
  }
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
