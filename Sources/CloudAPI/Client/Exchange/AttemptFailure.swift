import FoundationEssentials

/// Why an attempt failed, and how long the service asks to wait before the next one.
struct AttemptFailure: Error {
  let error: CloudAPIError
  let retryAfter: Duration?
  /// The token that the service refused and that may be replaced.
  let refusedToken: AccessToken?
  /// What was wrong with a successful response; `nil` if there was none.
  let inconclusive: InconclusiveAnswer.Kind?

  init(
    _ error: CloudAPIError, retryAfter: Duration? = nil, refusedToken: AccessToken? = nil,
    inconclusive: InconclusiveAnswer.Kind? = nil
  ) {
    self.error = error
    self.retryAfter = retryAfter
    self.refusedToken = refusedToken
    self.inconclusive = inconclusive
  }

  /// For a successful response that is inconclusive or can't be read.
  init(_ answer: InconclusiveAnswer, to request: CallRequest) {
    self.init(CloudAPIError(unreadable: answer.reason, answerTo: request), inconclusive: answer.kind)
  }

  /// For a response without a success status.
  init(_ answer: Answer, to request: CallRequest, now: Date, refusedToken: AccessToken?) {
    let error = CloudAPIError(answer, to: request, now: now)
    let asked = answer.retryAfter(now: now)
    self.init(error, retryAfter: asked ?? Self.wait(of: error, now: now), refusedToken: refusedToken)
  }

  /// For a request whose token could not be obtained.
  init(signingInFor request: CallRequest, _ error: CloudAPIError, now: Date) {
    guard error.code != .cancelled else {
      self.init(CloudAPIError(.cancelled, request: request.name))
      return
    }
    self.init(error, retryAfter: Self.wait(of: error, now: now))
  }

  private static func wait(of error: CloudAPIError, now: Date) -> Duration? {
    guard case .rateLimited(let until?) = error.code else { return nil }
    return .seconds(max(0, until.timeIntervalSince(now)))
  }

  /// A copy with secrets masked, in case the service repeated one in its message.
  func masked(_ secrets: KnownSecrets) -> AttemptFailure {
    AttemptFailure(
      error.masked(secrets), retryAfter: retryAfter, refusedToken: refusedToken, inconclusive: inconclusive)
  }
}
