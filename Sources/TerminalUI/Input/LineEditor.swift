/// One line of text that is being edited, with the editing keys of shells.
///
/// Left and right, Ctrl-B and Ctrl-F · Home and End, Ctrl-A and Ctrl-E · by words Alt-B and Alt-F, Alt or Ctrl with
/// Left and Right · Backspace, Ctrl-H · Delete, Ctrl-D · Ctrl-U to the start, Ctrl-K to the end, Ctrl-W back to a
/// blank, Alt-Backspace, Alt-D, Alt-Delete and Ctrl-Delete a word · Ctrl-Y inserts what those deleted.
public struct LineEditor: Hashable, Sendable {
  /// The text before and after the cursor: typing doesn't copy the whole text.
  private var head: String
  private var tail = ""
  /// The text that Ctrl-U, Ctrl-K, Ctrl-W and the like deleted last.
  private var killed = ""

  /// Places the cursor at the end.
  public init(_ text: String = "") {
    head = text
  }

  public var text: String { head + tail }

  /// Whether the cursor is behind the last character.
  public var isAtEnd: Bool { tail.isEmpty }

  /// The position of the cursor, in grapheme clusters from the start.
  public var cursor: Int { head.count }

  /// Handles a key.
  ///
  /// - Returns: whether the key has a meaning here, even if there was nothing to do.
  public mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .left, .control("b"): moveLeft(1)
    case .right, .control("f"): moveRight(1)
    case .home, .control("a"): moveLeft(head.count)
    case .end, .control("e"): moveRight(tail.count)
    case .wordLeft, .alt(.wordLeft), .alt(.left), .alt(.character("b")): moveLeft(head.count - startOfWord)
    case .wordRight, .alt(.wordRight), .alt(.right), .alt(.character("f")): moveRight(endOfWord)
    case .backspace, .control("h"): _ = head.popLast()
    case .delete, .control("d"): _ = tail.isEmpty ? nil : tail.removeFirst()
    case .control("u"): killHead(head.count)
    case .control("k"): killTail(tail.count)
    case .control("w"): killHead(head.count - startOfBlankSeparatedWord)
    case .alt(.backspace): killHead(head.count - startOfWord)
    case .deleteWord, .alt(.deleteWord), .alt(.delete), .alt(.character("d")): killTail(endOfWord)
    case .control("y"): insert(killed)
    default: return false
    }
    joinAtCursor()
    return true
  }

  /// Whether Alt with that key has a meaning here.
  public static func takes(alt key: Key) -> Bool {
    var line = LineEditor()
    return line.handle(.alt(key))
  }

  /// No writing system has characters with more scalars. Unicode's stream-safe format (UAX #15) allows 30 marks after a
  /// letter.
  private static let longestCharacter = 64

  /// Inserts text at the cursor. A line break or a tab becomes one blank, other controls are dropped. Only the first
  /// marks of a character are kept, because each key would process all of them again.
  public mutating func insert(_ text: String) {
    for character in text {
      if character.isNewline || character == "\t" {
        head.append(" ")
      } else if let scalar = character.unicodeScalars.first, scalar.properties.generalCategory != .control {
        head.append(character)
        if let last = head.last, last.unicodeScalars.count > Self.longestCharacter {
          head.removeLast()
          head.unicodeScalars.append(contentsOf: last.unicodeScalars.prefix(Self.longestCharacter))
        }
      }
    }
    joinAtCursor()
  }

  /// The part of the text that is visible in a field of `columns`, and the cursor's column in it.
  ///
  /// The view moves by half its width, so that the text doesn't move with every step of the cursor, and depends only on
  /// text and cursor. At the end of the text the cursor is on a blank.
  public func window(columns: Int, textWidth: TextWidth) -> (text: String, cursorColumn: Int) {
    guard columns > 0 else { return ("", 0) }
    let before = textWidth.cells(of: head)
    let step = max(1, columns / 2)
    var first = before.count < columns ? 0 : ((before.count - columns) / step + 1) * step
    if first < before.count, before[first].columns == 0 { first += 1 }
    // A wide character under the cursor is shown whole, if there is room for it.
    let after = textWidth.cells(of: tail, style: .normal, upTo: columns)
    if after.first?.columns == 2, before.count - first == columns - 1, first < before.count {
      first += before[first].columns
    }
    let visible = Array((before[min(first, before.count)...] + after).prefix(columns + 1)).leading(columns)
    return (visible.map(\.text).joined(), before.count - first)
  }

  private mutating func moveLeft(_ count: Int) {
    let moved = head.suffix(count)
    tail = moved + tail
    head.removeLast(moved.count)
  }

  private mutating func moveRight(_ count: Int) {
    let moved = tail.prefix(count)
    head += moved
    tail.removeFirst(moved.count)
  }

  private mutating func killHead(_ count: Int) {
    guard count > 0 else { return }
    killed = String(head.suffix(count))
    head.removeLast(count)
  }

  private mutating func killTail(_ count: Int) {
    guard count > 0 else { return }
    killed = String(tail.prefix(count))
    tail.removeFirst(count)
  }

  /// The number of characters before the start of the word that contains or precedes the cursor.
  private var startOfWord: Int {
    head.reversed().drop { !$0.isWordCharacter }.drop { $0.isWordCharacter }.count
  }

  private var startOfBlankSeparatedWord: Int {
    head.reversed().drop { $0.isWhitespace }.drop { !$0.isWhitespace }.count
  }

  /// The number of characters after the cursor up to the end of the word that contains or follows it.
  private var endOfWord: Int {
    tail.count - tail.drop { !$0.isWordCharacter }.drop { $0.isWordCharacter }.count
  }

  /// Moves the cursor after a character that an edit joined from two, such as a letter and a combining mark.
  private mutating func joinAtCursor() {
    guard let last = head.last, let first = tail.first, (String(last) + String(first)).count == 1 else { return }
    head.append(tail.removeFirst())
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
