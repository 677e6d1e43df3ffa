/// Takes out of ncurses' bytes what says again, or in more bytes than it takes, how characters look.
///
/// ncurses ends all attributes and begins them anew where one changes, says each time that no graphic character set is
/// wanted, and tells blanks how to look on which nothing can be seen. Over a slow line that is a third of what a key costs.
/// What characters, places and attributes come out on the screen is the same.
struct RenditionFilter {
  private let knowsStandardColours: Bool
  /// What the terminal draws in; `nil` before the first time.
  private var current: Rendition?
  /// What ncurses means it to draw in.
  private var wanted = Rendition.plain
  /// The terminal was told to show letters, not graphics.
  private var showsLetters = false
  private var output: [UInt8] = []

  /// - Parameters:
  ///   - reset: terminfo's `sgr0`.
  ///   - standardColours: terminfo's `op`.
  /// - Returns: `nil` for a terminal that doesn't speak ECMA-48.
  init?(reset: String, standardColours: String?) {
    let resets = ["\u{1B}[m", "\u{1B}[0m", "\u{1B}[0;10m"]
    guard resets.contains(where: { reset.utf8.holds($0.utf8) }) else { return nil }
    knowsStandardColours = standardColours?.utf8.holds("39;49".utf8) ?? false
  }

  /// Anything may be set in the terminal.
  mutating func forget() {
    current = nil
    showsLetters = false
  }

  /// - Parameter bytes: whole sequences. The terminal draws as ncurses means it at their end.
  mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    var rest = bytes[...]
    while let byte = rest.first {
      switch byte {
      case 0x1B: takeSequence(&rest)
      case Self.shiftIn where showsLetters: rest.removeFirst()
      case Self.shiftIn, Self.shiftOut:
        showsLetters = byte == Self.shiftIn
        pass(1, of: &rest)
      case 0x20 where isPlain(rest.dropFirst().first): pass(1, of: &rest)
      case 0x20..., 0x0A:
        settle()
        pass(1, of: &rest)
      default: pass(1, of: &rest)
      }
    }
    settle()
    return output
  }

  private static let shiftIn: UInt8 = 0x0F
  private static let shiftOut: UInt8 = 0x0E
  /// The last byte of REP, which repeats the character before it, in its look: nothing may come between the two.
  private static let repetition = UInt8(ascii: "b")
  /// The last bytes of sequences that only move the cursor.
  private static let motions = Set("ABCDGHad`f".utf8)

  /// Whether a blank may be drawn in what was asked for last.
  ///
  /// - Parameter next: the byte behind it. A mark that joins it is seen on it.
  private func isPlain(_ next: UInt8?) -> Bool {
    guard let current, next.map({ $0 < 0x80 }) ?? true else { return false }
    return !current.showsOnBlanks && !wanted.showsOnBlanks
  }

  private mutating func takeSequence(_ rest: inout ArraySlice<UInt8>) {
    let body = rest.dropFirst()
    guard body.first == UInt8(ascii: "[") else { return takeEscape(&rest) }
    guard let end = body.dropFirst().firstIndex(where: { 0x40...0x7E ~= $0 }) else {
      return pass(rest.count, of: &rest)
    }
    let count = end - rest.startIndex + 1
    let final = rest[end]
    // With a private parameter it is a setting of the keyboard.
    if final == UInt8(ascii: "m"), body.dropFirst().first.map({ !(0x3C...0x3F ~= $0) }) ?? true {
      wanted.apply(body.dropFirst().prefix { $0 != final })
      rest.removeFirst(count)
      return
    }
    if !Self.motions.contains(final), final != Self.repetition { settle() }
    pass(count, of: &rest)
  }

  /// An escape sequence other than a control sequence.
  private mutating func takeEscape(_ rest: inout ArraySlice<UInt8>) {
    let intermediates = rest.dropFirst().prefix { 0x20...0x2F ~= $0 }
    let count = min(rest.count, intermediates.count + 2)
    if intermediates.elementsEqual("(".utf8), count == 3 {
      let isLetters = rest[rest.startIndex + 2] == UInt8(ascii: "B")
      if isLetters, showsLetters { return rest.removeFirst(count) }
      showsLetters = isLetters
    } else {
      settle()
    }
    pass(count, of: &rest)
  }

  private mutating func pass(_ count: Int, of rest: inout ArraySlice<UInt8>) {
    output += rest.prefix(count)
    rest.removeFirst(count)
  }

  private mutating func settle() {
    guard current != wanted else { return }
    output += wanted.sequence(after: current, knowsStandardColours: knowsStandardColours)
    current = wanted
  }
}

extension String.UTF8View {
  /// Whether some bytes are in it. Searching for text takes the regular expressions' code, which each start would have to load.
  fileprivate func holds(_ bytes: String.UTF8View) -> Bool {
    indices.contains { self[$0...].starts(with: bytes) }
  }
}
