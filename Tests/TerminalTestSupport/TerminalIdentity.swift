/// What a terminal says of itself.
public struct TerminalIdentity: Hashable, Sendable {
  /// Whether it answers at all; the Linux console of old times didn't.
  public var answers = true
  /// The private modes that it says it knows.
  public var modes: Set<Int> = []
  /// Whether it says that it knows ECMA-48's mode 8, by which a terminal puts right-to-left text in order.
  public var knowsOrder = false
  /// Its background as OSC 11 tells it, `rgb:ffff/ffff/ffff`; nil for a terminal that doesn't know the question.
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
