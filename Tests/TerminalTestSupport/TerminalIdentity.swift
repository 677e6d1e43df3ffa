/// What a terminal reports about itself.
public struct TerminalIdentity: Hashable, Sendable {
  /// Whether it answers queries at all; old versions of the Linux console didn't.
  public var answers = true
  /// The private modes that it reports as known.
  public var modes: Set<Int> = []
  /// Whether it reports ECMA-48's mode 8 as known, in which a terminal reorders right-to-left text.
  public var knowsOrder = false
  /// Its background in the form of OSC 11, `rgb:ffff/ffff/ffff`; nil for a terminal that doesn't know the query.
  public var background: String?

  public init() {}

  /// Primary device attributes of a VT100 with options, as xterm sends them.
  var attributesAnswer: [UInt8] { answers ? Array("\u{1B}[?1;2c".utf8) : [] }

  var backgroundAnswer: [UInt8] {
    guard answers, let background else { return [] }
    return Array("\u{1B}]11;\(background)\u{1B}\\".utf8)
  }

  func answer(aboutStandardMode mode: Int, isSet: Bool) -> [UInt8] {
    guard answers else { return [] }
    return Array("\u{1B}[\(mode);\(mode == 8 && knowsOrder ? (isSet ? 1 : 2) : 0)$y".utf8)
  }

  func answer(aboutMode mode: Int) -> [UInt8] {
    answers ? Array("\u{1B}[?\(mode);\(modes.contains(mode) ? 2 : 0)$y".utf8) : []
  }
}
