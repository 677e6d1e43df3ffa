/// The exit status of a command, with the numbers of `sysexits.h` if one fits.
public enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  /// The API refused the request: 400, 402, 404, 409 and similar.
  case refused = 1
  /// The command line is invalid.
  case usage = 64
  /// Unreachable, 5xx, timed out; also a write whose response was lost.
  case unavailable = 69
  /// Standard output can't be written, for instance because the disk is full.
  case output = 74
  case rateLimited = 75
  /// The response can't be read.
  case unreadable = 76
  /// 401, 403, or a write although writes are forbidden.
  case notAllowed = 77
  /// The settings can't be used.
  case configuration = 78
  /// Ctrl-C.
  case interrupted = 130

  /// The meaning in the manual.
  public var meaning: String {
    switch self {
    case .done: "done"
    case .refused: "the API refused it (400, 402, 404, 409)"
    case .usage: "the command line is invalid; nothing was sent"
    case .unavailable: "unreachable, 5xx or timed out; also a write whose outcome is unknown"
    case .output: "the output can't be written"
    case .rateLimited: "rate limit reached (429)"
    case .unreadable: "the response can't be read"
    case .notAllowed: "not allowed (401, 403), or read-only"
    case .configuration: "the settings can't be used"
    case .interrupted: "interrupted (Ctrl-C)"
    }
  }

  /// From the mildest to the worst, for commands with several outcomes.
  private static let bySeverity: [ExitStatus] = [
    .done, .refused, .usage, .rateLimited, .unreadable, .unavailable, .notAllowed, .output, .configuration,
    .interrupted,
  ]

  /// The worse of the two.
  func orWorse(_ other: ExitStatus) -> ExitStatus {
    let rank = { Self.bySeverity.firstIndex(of: $0) ?? 0 }
    return rank(other) > rank(self) ? other : self
  }
}
