import TerminalTestSupport

/// What a program wrote, in the pieces in which it came.
///
/// The bytes are only put on an emulated screen afterwards: the emulator's own slowness is in no figure.
struct Recording {
  struct Piece {
    let bytes: [UInt8]
    /// When it was read, since what the recording began with: a start, a key.
    let time: Duration
  }

  /// The screen before.
  let before: ScreenEmulator
  var pieces: [Piece]

  var byteCount: Int { pieces.reduce(0) { $0 + $1.bytes.count } }
  var firstByte: Duration? { pieces.first?.time }

  /// The screen after.
  var after: ScreenEmulator {
    pieces.reduce(into: before) { $0.feed($1.bytes) }
  }

  /// When the screen was first as it should be; nil if it never was.
  func time(when condition: (TerminalScreen) -> Bool) -> Duration? {
    var emulator = before
    for piece in pieces {
      emulator.feed(piece.bytes)
      if condition(TerminalScreen(emulator)) { return piece.time }
    }
    return nil
  }
}
