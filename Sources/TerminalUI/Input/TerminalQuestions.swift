/// What a terminal is asked at the start, and what its answers say, whenever they come.
///
/// The last question is what kind of terminal it is: whoever knows none of the others knows that one, and terminals answer in
/// order. So its answer says that no other will come.
public struct TerminalQuestions: Hashable, Sendable {
  /// What is sent to ask; empty for a terminal that may know none of them.
  public let bytes: [UInt8]
  /// Whether the terminal shows what stands between `Esc [ ? 2026 h` and `Esc [ ? 2026 l` at once.
  public private(set) var synchronizesOutput = false
  /// Whether the terminal puts text in order where it is asked to, and was told to leave that to programs.
  public private(set) var leavesTextInOrder = false
  /// What the terminal says its background is, or the environment where it says nothing.
  public private(set) var background: Background?
  /// Whether the terminal may know who puts text in order.
  public let isAskedForOrder: Bool
  /// Whether the last question was answered.
  public private(set) var isSettled: Bool

  private static let synchronizedOutput = 2026
  /// ECMA-48's BDSM: set, the terminal puts right-to-left text in order, taking a row for one text. Most know no such mode.
  private static let ordersText = 8

  /// Terminals, by the beginning of their names, that know none of it. Some of them show what they are asked, and screen
  /// answers out of order.
  private static let ignorant = [
    "linux", "dumb", "vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "cons25", "sun", "screen", "eterm", "hurd", "mach",
    "wsvt",
  ]

  /// - Parameters:
  ///   - terminal: the name in TERM.
  ///   - environment: TMUX, which calls itself screen where it is told to, and COLORFGBG.
  ///   - asksForBackground: whether it matters to anybody.
  ///   - asksForOrder: whether text is put in order here if the terminal doesn't.
  public init(
    terminal: String, environment: [String: String] = [:], asksForBackground: Bool, asksForOrder: Bool = false
  ) {
    let isTmux = environment["TMUX"].map { !$0.isEmpty } ?? false
    let isAsked = isTmux || !Self.ignorant.contains { terminal.hasPrefix($0) }
    let colours = asksForBackground ? "\u{1B}]11;?\u{1B}\\" : ""
    let order = asksForOrder ? "\u{1B}[\(Self.ordersText)$p" : ""
    bytes = isAsked ? Array("\u{1B}[?\(Self.synchronizedOutput)$p\(order)\(colours)\u{1B}[c".utf8) : []
    isAskedForOrder = isAsked && asksForOrder
    isSettled = !isAsked
    if asksForBackground { background = environment["COLORFGBG"].flatMap { Background(foregroundAndBackground: $0) } }
  }

  /// Takes what the terminal answered. What it wasn't asked, or was answered already, says nothing.
  public mutating func take(_ answer: [UInt8]) {
    guard !isSettled else { return }
    switch TerminalAnswer(answer) {
    case .attributes: isSettled = true
    case .mode(Self.synchronizedOutput, let isKnown): synchronizesOutput = isKnown
    case .standardMode(Self.ordersText, let isSet): leavesTextInOrder = isAskedForOrder && isSet == false
    case .background(let red, let green, let blue): background = Background(red: red, green: green, blue: blue)
    default: break
    }
  }
}

/// What the terminal says of itself when it is asked, as far as it is asked here.
enum TerminalAnswer: Hashable {
  /// What kind it is (primary device attributes, `Esc [ ? … c`): every terminal answers that, and in its turn.
  case attributes
  /// Whether it knows a private mode (DECRPM, `Esc [ ? mode ; state $ y`).
  case mode(Int, isKnown: Bool)
  /// Whether one of ECMA-48's own modes is set (DECRPM, `Esc [ mode ; state $ y`); `nil` where it doesn't know that mode.
  case standardMode(Int, isSet: Bool?)
  /// Its background (OSC 11): red, green and blue from 0 to 1.
  case background(red: Double, green: Double, blue: Double)

  /// - Parameter bytes: a whole sequence, as in `TerminalEvent.answer`. Nil for any other, and for one that isn't as it
  ///   should be: who answers may be a stranger.
  init?(_ bytes: [UInt8]) {
    let text = bytes.drop { $0 == 0x1B }
    guard bytes.count - text.count == 1, let kind = text.first else { return nil }
    switch kind {
    case UInt8(ascii: "["): self.init(controlSequence: text.dropFirst())
    case UInt8(ascii: "]"): self.init(systemCommand: text.dropFirst())
    default: return nil
    }
  }

  private init?(controlSequence bytes: ArraySlice<UInt8>) {
    guard let final = bytes.last else { return nil }
    let isPrivate = bytes.first == UInt8(ascii: "?")
    var parameters = bytes.dropFirst(isPrivate ? 1 : 0).dropLast()
    if final == UInt8(ascii: "y"), parameters.last == UInt8(ascii: "$") { parameters = parameters.dropLast() }
    let parts = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.count <= 6 ? Int(String(decoding: part, as: UTF8.self)) : nil }
    guard numbers.count == parts.count else { return nil }
    switch final {
    case UInt8(ascii: "c") where isPrivate: self = .attributes
    // 1 set, 2 reset, 3 and 4 the same for good; 0 is not known.
    case UInt8(ascii: "y") where numbers.count == 2 && isPrivate:
      self = .mode(numbers[0], isKnown: 1...4 ~= numbers[1])
    case UInt8(ascii: "y") where numbers.count == 2:
      self = .standardMode(numbers[0], isSet: 1...4 ~= numbers[1] ? !numbers[1].isMultiple(of: 2) : nil)
    default: return nil
    }
  }

  private init?(systemCommand bytes: ArraySlice<UInt8>) {
    // Ends with a bell, or with `Esc \`.
    let end = bytes.firstIndex { $0 < 0x20 } ?? bytes.endIndex
    let parts = String(decoding: bytes[..<end], as: UTF8.self).split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "11", let colon = parts[1].firstIndex(of: ":") else { return nil }
    let parameters = parts[1][parts[1].index(after: colon)...].split(separator: "/", omittingEmptySubsequences: false)
    let wanted = ["rgb": 3, "rgba": 4][String(parts[1][..<colon])]
    let values = parameters.compactMap(Self.fraction)
    guard parameters.count == wanted, values.count == wanted else { return nil }
    self = .background(red: values[0], green: values[1], blue: values[2])
  }

  /// One to four hexadecimal digits (XParseColor): all of them F is 1.
  private static func fraction(_ digits: Substring) -> Double? {
    guard 1...4 ~= digits.utf8.count, digits.allSatisfy(\.isHexDigit), let value = Int(digits, radix: 16) else {
      return nil
    }
    return Double(value) / Double((1 << (4 * digits.utf8.count)) - 1)
  }
}
