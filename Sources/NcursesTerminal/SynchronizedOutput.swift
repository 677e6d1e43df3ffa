/// Output that a terminal shows at once when it has all of it: `Esc [ ? 2026 h` … `Esc [ ? 2026 l`, as described at
/// https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036
enum SynchronizedOutput {
  static let begin = Array("\u{1B}[?2026h".utf8)
  static let end = Array("\u{1B}[?2026l".utf8)
  /// So little comes in one piece anyway: the cursor that moves by a row, a cell.
  private static let least = 256

  /// A frame's bytes as they are sent to a terminal that knows it, or doesn't.
  static func bytes(_ bytes: [UInt8], isKnown: Bool) -> [UInt8] {
    isKnown && bytes.count > least ? begin + bytes + end : bytes
  }
}
