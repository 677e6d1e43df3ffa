package import CloudAPI
package import FoundationEssentials

/// How long to rest before a failed read is tried again: each time twice as long as before, up to a limit.
package enum ReadBackoff {
  private static let first = 5
  /// An answer that can't be read may be the page of a network that wants a sign-in, which goes when somebody signed in.
  /// It may as well be the wrong address, and long, so it is asked for less often.
  private static let unreadableLimit = 300

  /// `nil` where trying again is no use.
  package static func rest(after error: CloudAPIError, failures: Int, now: Date) -> Duration? {
    switch error.code {
    case .rateLimited(let until?): .seconds(max(1, until.timeIntervalSince(now)))
    case .badResponse: rest(afterFailures: failures, atMost: unreadableLimit)
    default: error.isRetryable ? rest(afterFailures: failures) : nil
    }
  }

  package static func rest(afterFailures count: Int, atMost limit: Int = 60) -> Duration {
    var seconds = first
    for _ in 1..<max(1, count) where seconds < limit { seconds *= 2 }
    return .seconds(min(seconds, limit))
  }
}
