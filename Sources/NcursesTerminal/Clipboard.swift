import FoundationEssentials

/// The clipboard of the person's own machine, which a terminal sets when it is told to by OSC 52, also over SSH and, with
/// `set-clipboard` on, through tmux.
public enum Clipboard {
  /// What became of text for it.
  public enum Outcome: Hashable, Sendable {
    /// The terminal was asked; it doesn't tell whether it did it.
    case sent
    /// The terminal is one of those that know no clipboard.
    case unsupported
    /// More than `limit` bytes.
    case tooLong
  }

  /// Bytes of text that terminals take: xterm allows a sequence of 100,000, and base64 makes four of three.
  public static let limit = 74_994

  /// Terminals that know no clipboard, and may show what they are sent.
  private static let without = ["linux", "dumb", "vt1", "vt2", "vt5", "ansi", "cons25", "sun"]

  /// Whether a terminal of that name, from TERM, may know it.
  static func isKnown(to terminal: String) -> Bool {
    !without.contains { terminal.hasPrefix($0) }
  }

  /// `ESC ] 52 ; c ; base64 ESC \`; nil for more text than terminals take.
  ///
  /// - Parameter isInScreen: within GNU screen, which takes no such sequence itself but passes on what stands between
  ///   `ESC P` and `ESC \`, in pieces of a few hundred bytes.
  static func sequence(setting text: String, isInScreen: Bool = false) -> [UInt8]? {
    guard text.utf8.count <= limit else { return nil }
    let start = "\u{1B}]52;c;"
    let encoded = Data(text.utf8).base64EncodedString()
    // A bell ends it there: `ESC \` would end the piece.
    guard isInScreen else { return Array("\(start)\(encoded)\u{1B}\\".utf8) }
    var rest = Array("\(start)\(encoded)\u{7}".utf8)[...]
    var pieces: [UInt8] = []
    while !rest.isEmpty {
      pieces += Array("\u{1B}P".utf8) + rest.prefix(screenPiece) + Array("\u{1B}\\".utf8)
      rest = rest.dropFirst(screenPiece)
    }
    return pieces
  }

  /// Old ones take 256 bytes.
  private static let screenPiece = 200
}
