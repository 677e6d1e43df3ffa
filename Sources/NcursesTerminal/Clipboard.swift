import FoundationEssentials

/// The clipboard of the user's own machine, which a terminal sets on OSC 52, also over SSH and, with `set-clipboard`
/// on, through tmux.
public enum Clipboard {
  /// The result of copying text.
  public enum Outcome: Hashable, Sendable {
    /// The terminal was asked; it doesn't report whether it set the clipboard.
    case sent
    /// The terminal is known not to support a clipboard.
    case unsupported
    /// The text has more than `limit` bytes.
    case tooLong
  }

  /// The most bytes of text that terminals accept: xterm allows a sequence of 100,000 bytes, and base64 turns three
  /// bytes into four.
  public static let limit = 74_994

  /// Terminals without a clipboard, which may show the sequence as text.
  private static let without = ["linux", "dumb", "vt1", "vt2", "vt5", "ansi", "cons25", "sun"]

  /// Whether a terminal with that name, from TERM, may support it.
  static func isKnown(to terminal: String) -> Bool {
    !without.contains { terminal.hasPrefix($0) }
  }

  /// `ESC ] 52 ; c ; base64 ESC \`; nil for text that is longer than terminals accept.
  ///
  /// - Parameter isInScreen: whether GNU screen is used. It doesn't support the sequence itself, but forwards what is
  ///   between `ESC P` and `ESC \`, in pieces of a few hundred bytes.
  static func sequence(setting text: String, isInScreen: Bool = false) -> [UInt8]? {
    guard text.utf8.count <= limit else { return nil }
    let start = "\u{1B}]52;c;"
    let encoded = Data(text.utf8).base64EncodedString()
    // In screen a bell ends the sequence, because `ESC \` would end the piece.
    guard isInScreen else { return Array("\(start)\(encoded)\u{1B}\\".utf8) }
    var rest = Array("\(start)\(encoded)\u{7}".utf8)[...]
    var pieces: [UInt8] = []
    while !rest.isEmpty {
      pieces += Array("\u{1B}P".utf8) + rest.prefix(screenPiece) + Array("\u{1B}\\".utf8)
      rest = rest.dropFirst(screenPiece)
    }
    return pieces
  }

  /// Old versions accept 256 bytes.
  private static let screenPiece = 200
}
