/// With which status a command ends, after the numbers of `sysexits.h` where one fits.
public enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  /// The API refused it: 400, 402, 404, 409 and the like.
  case refused = 1
  /// The command can't be meant so.
  case usage = 64
  /// Unreachable, 5xx, timed out; also a write whose answer was lost.
  case unavailable = 69
  /// Standard output can't be written: a full disk, for one.
  case output = 74
  case rateLimited = 75
  /// An answer that can't be read.
  case unreadable = 76
  /// 401, 403, or a write where only reading is allowed.
  case notAllowed = 77
  /// Settings that can't be used.
  case configuration = 78
  /// Ctrl-C.
  case interrupted = 130

  /// What it means, as the manual says it.
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

  /// From the mildest to the worst, for commands that did several things.
  private static let bySeverity: [ExitStatus] = [
    .done, .refused, .usage, .rateLimited, .unreadable, .unavailable, .notAllowed, .output, .configuration,
    .interrupted,
  ]

  /// Whichever of the two is worse.
  func orWorse(_ other: ExitStatus) -> ExitStatus {
    let rank = { Self.bySeverity.firstIndex(of: $0) ?? 0 }
    return rank(other) > rank(self) ? other : self
  }
}
