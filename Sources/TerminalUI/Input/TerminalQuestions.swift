/// The queries to a terminal at the start, and their answers, whenever they arrive.
///
/// The last query asks for the kind of terminal: terminals that don't know the other queries know this one, and they
/// answer in order. So its answer means that no other will follow.
public struct TerminalQuestions: Hashable, Sendable {
  /// The bytes of the queries that were made last; empty for a terminal that may know none of them.
  public private(set) var bytes: [UInt8]
  /// Whether the terminal shows the text between `Esc [ ? 2026 h` and `Esc [ ? 2026 l` at once.
  public private(set) var synchronizesOutput = false
  /// Whether the terminal can reorder text, and was told to leave that to programs.
  public private(set) var leavesTextInOrder = false
  /// The background that the terminal reports, or else the environment.
  public private(set) var background: Background?
  /// Whether the terminal was asked about text order.
  public let isAskedForOrder: Bool
  /// Whether the terminal was asked for its background.
  public private(set) var isAskedForBackground: Bool
  /// Whether the last question was answered.
  public var isSettled: Bool { lastQueries == 0 }
  /// How many queries that end a series are not answered.
  private var lastQueries: Int
  /// Whether the terminal may know the queries.
  private let isAsked: Bool
  private let environment: [String: String]

  /// OSC 11.
  private static let background = "\u{1B}]11;?\u{1B}\\"
  /// Primary device attributes.
  private static let kind = "\u{1B}[c"
  private static let synchronizedOutput = 2026
  /// ECMA-48's BDSM: if set, the terminal reorders right-to-left text, treating a row as one text. Most terminals lack
  /// the mode.
  private static let ordersText = 8

  /// Terminals, by name prefix, that know none of the queries. Some of them show a query as text, and screen answers
  /// out of order.
  private static let ignorant = [
    "linux", "dumb", "vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "cons25", "sun", "screen", "eterm", "hurd", "mach",
    "wsvt",
  ]

  /// - Parameters:
  ///   - terminal: the name in TERM.
  ///   - environment: TMUX, because tmux may call itself screen, and COLORFGBG.
  ///   - asksForBackground: whether the background is needed.
  ///   - asksForOrder: whether text is reordered here if the terminal doesn't do it.
  public init(
    terminal: String, environment: [String: String] = [:], asksForBackground: Bool, asksForOrder: Bool = false
  ) {
    let isTmux = environment["TMUX"].map { !$0.isEmpty } ?? false
    isAsked = isTmux || !Self.ignorant.contains { terminal.hasPrefix($0) }
    self.environment = environment
    let colours = asksForBackground ? Self.background : ""
    let order = asksForOrder ? "\u{1B}[\(Self.ordersText)$p" : ""
    bytes = isAsked ? Array("\u{1B}[?\(Self.synchronizedOutput)$p\(order)\(colours)\(Self.kind)".utf8) : []
    isAskedForOrder = isAsked && asksForOrder
    lastQueries = isAsked ? 1 : 0
    isAskedForBackground = asksForBackground
    if asksForBackground { readEnvironment() }
  }

  /// Makes a query for the background, which wasn't needed before.
  public mutating func askForBackground() {
    isAskedForBackground = true
    readEnvironment()
    bytes = isAsked ? Array((Self.background + Self.kind).utf8) : []
    if isAsked { lastQueries += 1 }
  }

  private mutating func readEnvironment() {
    background = environment["COLORFGBG"].flatMap { Background(foregroundAndBackground: $0) }
  }

  /// Handles an answer. Answers to no query, or after the last answer, are ignored.
  public mutating func take(_ answer: [UInt8]) {
    guard !isSettled else { return }
    switch TerminalAnswer(answer) {
    case .attributes: lastQueries -= 1
    case .mode(Self.synchronizedOutput, let isKnown): synchronizesOutput = isKnown
    case .standardMode(Self.ordersText, let isSet): leavesTextInOrder = isAskedForOrder && isSet == false
    case .background(let red, let green, let blue): background = Background(red: red, green: green, blue: blue)
    default: break
    }
  }
}

/// An answer of the terminal to one of the queries.
enum TerminalAnswer: Hashable {
  /// The kind of terminal (primary device attributes, `Esc [ ? … c`): every terminal answers this, and in order.
  case attributes
  /// Whether it knows a private mode (DECRPM, `Esc [ ? mode ; state $ y`).
  case mode(Int, isKnown: Bool)
  /// Whether one of ECMA-48's own modes is set (DECRPM, `Esc [ mode ; state $ y`); `nil` if it doesn't know that mode.
  case standardMode(Int, isSet: Bool?)
  /// Its background (OSC 11): red, green and blue from 0 to 1.
  case background(red: Double, green: Double, blue: Double)

  /// - Parameter bytes: a whole sequence, as in `TerminalEvent.answer`. Returns nil for other and malformed answers,
  ///   because they may come from anywhere.
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
    // 1 set, 2 reset, 3 and 4 permanently so; 0 unknown mode.
    case UInt8(ascii: "y") where numbers.count == 2 && isPrivate:
      self = .mode(numbers[0], isKnown: 1...4 ~= numbers[1])
    case UInt8(ascii: "y") where numbers.count == 2:
      self = .standardMode(numbers[0], isSet: 1...4 ~= numbers[1] ? !numbers[1].isMultiple(of: 2) : nil)
    default: return nil
    }
  }

  private init?(systemCommand bytes: ArraySlice<UInt8>) {
    // Ends with BEL, or with `Esc \`.
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
