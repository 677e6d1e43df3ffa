/// Removes redundant and overlong attribute sequences from ncurses' output.
///
/// ncurses resets all attributes and sets them again when one changes, repeats that no graphic character set is wanted,
/// and sets attributes for blanks on which nothing is visible. Over a slow line that is a third of the bytes for a key.
/// The characters, positions and visible attributes stay the same.
struct RenditionFilter {
  private let knowsStandardColours: Bool
  /// The rendition of the terminal; `nil` before it is known.
  private var current: Rendition?
  /// The rendition that ncurses wants.
  private var wanted = Rendition.plain
  /// Whether the terminal was told to show letters, not graphics.
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

  /// Discards what is known of the terminal's rendition.
  mutating func forget() {
    current = nil
    showsLetters = false
  }

  /// - Parameter bytes: whole sequences. After them the terminal has the rendition that ncurses wants.
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
  /// The last byte of REP, which repeats the preceding character in its rendition: nothing may come between them.
  private static let repetition = UInt8(ascii: "b")
  /// The last bytes of sequences that only move the cursor.
  private static let motions = Set("ABCDGHad`f".utf8)

  /// Whether a blank may be drawn in the current rendition.
  ///
  /// - Parameter next: the byte after it. A combining mark on the blank would be visible.
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
    // With a private parameter the sequence is a keyboard setting.
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
  /// Whether it contains some bytes. Text search would load the regular expression code at each start.
  fileprivate func holds(_ bytes: String.UTF8View) -> Bool {
    indices.contains { self[$0...].starts(with: bytes) }
  }
}

/// The rendition of characters, in the terms of SGR (“select graphic rendition”, ECMA-48 8.3.117).
struct Rendition: Equatable {
  /// A colour of the text or the background.
  enum Colour: Equatable {
    /// The terminal's default.
    case standard
    /// A colour with its own parameter: 30 to 37 and 90 to 97, for the background 40 to 47 and 100 to 107.
    case basic(UInt8)
    /// One of 256.
    case indexed(UInt8)
    /// Red, green and blue, as received.
    case direct(String)
  }

  /// A bit for each attribute by its parameter, from 1 (bold) to 9 (crossed out).
  private var attributes: UInt16 = 0
  private var foreground = Colour.standard
  private var background = Colour.standard
  /// Unknown parameters, as received.
  private var others: [String] = []

  static let plain = Rendition()
  private static let bold = 1
  private static let dim = 2
  /// Underlined, reversed, crossed out: the attributes that are visible on a blank.
  private static let blankAttributes: UInt16 = 1 << 4 | 1 << 7 | 1 << 9

  /// Whether a blank looks different from a plain one.
  var showsOnBlanks: Bool {
    attributes & Self.blankAttributes != 0 || background != .standard || !others.isEmpty
  }

  /// Applies the parameters of one sequence: digits and semicolons.
  mutating func apply(_ text: some Collection<UInt8>) {
    var parameters = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }[...]
    while let parameter = parameters.popFirst() {
      let number = parameter.isEmpty ? 0 : Int(parameter) ?? -1
      switch number {
      case 0: self = .plain
      case 1...9: attributes |= 1 << UInt16(number)
      // Selects the first font: no other font is ever selected.
      case 10: break
      case 22: attributes &= ~(1 << UInt16(Self.bold) | 1 << UInt16(Self.dim))
      case 23...29: attributes &= ~(1 << UInt16(number - 20))
      case 30...37, 90...97: foreground = .basic(UInt8(number))
      case 39: foreground = .standard
      case 40...47, 100...107: background = .basic(UInt8(number))
      case 49: background = .standard
      case 38 where parameters.first == "5", 48 where parameters.first == "5":
        let colour = Colour.indexed(parameters.dropFirst().first.flatMap { UInt8($0) } ?? 0)
        if number == 38 { foreground = colour } else { background = colour }
        parameters = parameters.dropFirst(2)
      case 38 where parameters.first == "2", 48 where parameters.first == "2":
        let colour = Colour.direct(parameters.dropFirst().prefix(3).joined(separator: ";"))
        if number == 38 { foreground = colour } else { background = colour }
        parameters = parameters.dropFirst(4)
      default:
        others += [parameter] + parameters
        return
      }
    }
  }

  /// The shortest sequence that changes another rendition to this one; empty if they are the same.
  ///
  /// - Parameters:
  ///   - last: the terminal's rendition; `nil` if it is unknown.
  ///   - knowsStandardColours: whether 39 and 49 select the terminal's default colours. Not every terminal can reset a
  ///     single attribute, so that is done by resetting all of them.
  func sequence(after last: Rendition?, knowsStandardColours: Bool) -> [UInt8] {
    guard self != last else { return [] }
    let anew = parameters(after: .plain) ?? []
    var shortest = anew.isEmpty ? "" : "0;" + anew.joined(separator: ";")
    if let last, let change = parameters(after: last) {
      let change = change.joined(separator: ";")
      let isPossible = knowsStandardColours || !takesColourBack(of: last)
      if isPossible, change.utf8.count < shortest.utf8.count || last == .plain { shortest = change }
    }
    return Array("\u{1B}[\(shortest)m".utf8)
  }

  /// The parameters to add to another rendition; `nil` if something must be reset.
  private func parameters(after last: Rendition) -> [String]? {
    guard last.attributes & ~attributes == 0, others.starts(with: last.others) else { return nil }
    var parameters = (1...9).filter { (attributes & ~last.attributes) >> UInt16($0) & 1 == 1 }.map { String($0) }
    if foreground != last.foreground { parameters.append(foreground.parameter(standard: 39, extended: 38)) }
    if background != last.background { parameters.append(background.parameter(standard: 49, extended: 48)) }
    return parameters + others.dropFirst(last.others.count)
  }

  private func takesColourBack(of last: Rendition) -> Bool {
    foreground == .standard && last.foreground != .standard || background == .standard && last.background != .standard
  }
}

extension Rendition.Colour {
  fileprivate func parameter(standard: Int, extended: Int) -> String {
    switch self {
    case .standard: String(standard)
    case .basic(let parameter): String(parameter)
    case .indexed(let index): "\(extended);5;\(index)"
    case .direct(let colour): "\(extended);2;\(colour)"
    }
  }
}
