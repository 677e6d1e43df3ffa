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
