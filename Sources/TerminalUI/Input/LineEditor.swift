/// One line of text that is being typed, with the editing keys people know from shells.
///
/// Left and right, Ctrl-B and Ctrl-F · Home and End, Ctrl-A and Ctrl-E · by words Alt-B and Alt-F, Alt or Ctrl with Left and
/// Right · Backspace, Ctrl-H · Delete, Ctrl-D · Ctrl-U to the start, Ctrl-K to the end, Ctrl-W back to a blank, Alt-Backspace,
/// Alt-D, Alt-Delete and Ctrl-Delete a word · Ctrl-Y puts back what those took.
public struct LineEditor: Hashable, Sendable {
  /// Text on both sides of the cursor: what is typed in a row costs no copy of the rest.
  private var head: String
  private var tail = ""
  /// What Ctrl-U, Ctrl-K, Ctrl-W and the like took last.
  private var killed = ""

  /// The cursor stands at the end.
  public init(_ text: String = "") {
    head = text
  }

  public var text: String { head + tail }

  /// The cursor's place, in grapheme clusters from the start.
  public var cursor: Int { head.count }

  /// Does what `key` means in a line of text.
  ///
  /// - Returns: whether it means anything here; also when nothing was left to do.
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

  /// Whether Alt and that key mean something in a line of text.
  public static func takes(alt key: Key) -> Bool {
    var line = LineEditor()
    return line.handle(.alt(key))
  }

  /// No writing has characters of more scalars. Unicode's stream-safe format (UAX #15) allows 30 marks after a letter.
  private static let longestCharacter = 64

  /// Puts text in at the cursor. A line break or a tab becomes one blank, other controls are dropped. Of a character with
  /// marks without end the first ones are kept: each key would take them all again.
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

  /// The part of the text that is seen in a field of `columns`, and the cursor's column in it.
  ///
  /// The view moves by half its width, so that the text stands still while the cursor moves in it, and depends on nothing but
  /// text and cursor. At the end of the text the cursor stands on a blank.
  public func window(columns: Int, textWidth: TextWidth) -> (text: String, cursorColumn: Int) {
    guard columns > 0 else { return ("", 0) }
    let before = textWidth.cells(of: head)
    let step = max(1, columns / 2)
    var first = before.count < columns ? 0 : ((before.count - columns) / step + 1) * step
    if first < before.count, before[first].columns == 0 { first += 1 }
    // A wide character under the cursor is seen whole, if there is room for it at all.
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

  /// Characters of the head before the word that the cursor is in or behind.
  private var startOfWord: Int {
    head.reversed().drop { !$0.isWordCharacter }.drop { $0.isWordCharacter }.count
  }

  private var startOfBlankSeparatedWord: Int {
    head.reversed().drop { $0.isWhitespace }.drop { !$0.isWhitespace }.count
  }

  /// Characters of the tail up to the end of the word that the cursor is in or before.
  private var endOfWord: Int {
    tail.count - tail.drop { !$0.isWordCharacter }.drop { $0.isWordCharacter }.count
  }

  /// Where an edit made two characters one (a letter before a combining mark), the cursor goes behind it.
  private mutating func joinAtCursor() {
    guard let last = head.last, let first = tail.first, (String(last) + String(first)).count == 1 else { return }
    head.append(tail.removeFirst())
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
