/// A key by its meaning.
public enum Key: Hashable, Sendable {
  /// A printable character, one grapheme cluster; a space is `character(" ")`.
  case character(Character)
  /// Ctrl and a lower-case letter: `control("a")`. Tab, Enter, Backspace and Esc have cases of their own.
  case control(Character)
  /// Alt (Meta) with a key. Esc and that key typed soon after it arrive in the same way.
  indirect case alt(Key)
  /// A character of the keypad in application mode. Esc, `O` and a letter typed at once arrive in the same way.
  case keypad(Character)
  /// Ctrl with Left, Right or Delete: moves by a word to the left or right, or deletes one.
  case wordLeft, wordRight, deleteWord
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)
}

/// An event from the terminal.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// A key that arrived after an Esc in one burst: the user hadn't seen the effect of the Esc.
  case keyBehindEscape(Key)
  /// Pasted text (bracketed paste), unchanged.
  case paste(String)
  case mouse(MouseEvent)
  case resize(Size)
  /// The terminal's answer to a query (device attributes, colours, cursor position): never a key.
  case answer([UInt8])
  /// An escape sequence without a meaning here: never a key.
  case unknown([UInt8])
  /// Typed or pasted bytes that aren't text in the terminal's encoding: never a key or text.
  case undecodable([UInt8])

  /// Whether it may be an Esc, then a bracket or `O`, and a letter, typed by a person: the bytes are the same. Reports
  /// that the window gained or lost focus don't count.
  public var mayHoldEscape: Bool {
    guard case .unknown(let bytes) = self, bytes.count == 3 else { return false }
    return bytes != Array("\u{1B}[I".utf8) && bytes != Array("\u{1B}[O".utf8)
  }

  /// The key, whether it followed an Esc or not; `nil` for other events.
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

  /// Whether the left button was pressed.
  public var isClick: Bool { action == .press && button == 0 }

  public init(action: Action, button: Int = 0, place: Point) {
    self.action = action
    self.button = button
    self.place = place
  }
}
