import CloudAPI
import FoundationEssentials

/// How far a list is with its service.
public struct ListStatus: Hashable, Sendable {
  /// When the rows on the screen were answered; `nil` before the first answer.
  public var asOf: Date?
  /// Since when an answer is awaited.
  public var loadingSince: Date?
  public var failure: ReadFailure?
  /// Whether the rows on the screen are only the first of a list: the rest is on its way, or its answer broke off.
  public var isPartial = false

  /// How many records have arrived of a list that is on its way; `nil` before the first.
  public var arrived: Int?

  public init(
    asOf: Date? = nil, loadingSince: Date? = nil, failure: ReadFailure? = nil, isPartial: Bool = false
  ) {
    self.isPartial = isPartial
    self.asOf = asOf
    self.loadingSince = loadingSince
    self.failure = failure
  }
}

/// A read that failed and has not succeeded since.
public struct ReadFailure: Hashable, Sendable {
  public let error: CloudAPIError
  /// When it first failed.
  public let since: Date
  /// When it will be tried again by itself; `nil` where trying again is no use.
  public let nextTry: Date?
}

/// How long to rest before a failed read is tried again: each time twice as long as before, up to a limit.
enum ReadBackoff {
  private static let first = 5
  private static let limit = 60
  /// An answer that can't be read may be the page of a network that wants a sign-in, which goes when somebody signed in.
  /// It may as well be the wrong address, and long, so it is asked for less often.
  private static let unreadableLimit = 300

  /// `nil` where trying again is no use.
  static func rest(after error: CloudAPIError, failures: Int, now: Date) -> Duration? {
    switch error.code {
    case .rateLimited(let until?): .seconds(max(1, until.timeIntervalSince(now)))
    case .badResponse: rest(afterFailures: failures, atMost: unreadableLimit)
    default: error.isRetryable ? rest(afterFailures: failures) : nil
    }
  }

  static func rest(afterFailures count: Int, atMost limit: Int = limit) -> Duration {
    var seconds = first
    for _ in 1..<max(1, count) where seconds < limit { seconds *= 2 }
    return .seconds(min(seconds, limit))
  }
}
