/// How often and when a read is repeated. Writes are never repeated.
public struct RetryPolicy: Hashable, Sendable {
  /// The number of attempts, including the first.
  public var attempts: Int
  /// The wait after the first attempt; it doubles after each further attempt.
  public var baseDelay: Duration
  /// The longest wait. If a service asks for a longer one (`Retry-After`), its error is thrown without another attempt.
  public var maximumDelay: Duration

  public init(attempts: Int, baseDelay: Duration, maximumDelay: Duration) {
    self.attempts = attempts
    self.baseDelay = baseDelay
    self.maximumDelay = maximumDelay
  }

  /// Sends every request once.
  public static let none = RetryPolicy(attempts: 1, baseDelay: .zero, maximumDelay: .zero)
  /// Three attempts within about a second; if the service asks for a wait, up to five seconds each.
  public static let standard = RetryPolicy(attempts: 3, baseDelay: .milliseconds(250), maximumDelay: .seconds(5))

  /// How long to wait before the next attempt; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - attempt: the one that failed, from 1.
  ///   - retryAfter: what the service asked for.
  ///   - random: from 0 to 1; spreads the waits of clients that failed together over the upper half of each wait.
  func delay(
    afterAttempt attempt: Int, failedWith code: CloudAPIError.Code, retryAfter: Duration?, random: Double
  ) -> Duration? {
    guard attempt < attempts, isTransient(code) else { return nil }
    let backoff = min(baseDelay * (1 << min(attempt - 1, 16)), maximumDelay)
    let jittered = backoff / 2 + backoff / 2 * random
    guard let retryAfter else { return jittered }
    return retryAfter > maximumDelay ? nil : max(retryAfter, jittered)
  }

  /// Failures that often pass within a second. A time limit doesn't: the user has waited long enough.
  private func isTransient(_ code: CloudAPIError.Code) -> Bool {
    switch code {
    case .unreachable, .rateLimited, .server, .rejected(status: 408): true
    default: false
    }
  }
}
