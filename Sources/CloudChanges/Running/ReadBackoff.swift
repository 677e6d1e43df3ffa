package import CloudAPI
package import FoundationEssentials

/// The delays before a failed read is retried: doubled each time, up to a limit.
package enum ReadBackoff {
  private static let first = 5
  /// The limit for unreadable responses. They may come from a network's sign-in page, which disappears after signing
  /// in, but also from a wrong address, so they are retried less often.
  private static let unreadableLimit = 300

  /// The delay; `nil` if a retry is of no use.
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
