import FoundationEssentials

/// Why an attempt failed, and what the service asked for before the next.
struct AttemptFailure: Error {
  let error: CloudAPIError
  let retryAfter: Duration?
  /// The token that the service refused, and another one may be taken for.
  let refusedToken: AccessToken?
  /// What was wrong with an answer of success; `nil` where there was none.
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

  /// An answer of success that can't be believed or read.
  init(_ answer: InconclusiveAnswer, to request: CallRequest) {
    self.init(CloudAPIError(unreadable: answer.reason, answerTo: request), inconclusive: answer.kind)
  }

  /// An answer that isn't one of success.
  init(_ answer: Answer, to request: CallRequest, now: Date, refusedToken: AccessToken?) {
    let error = CloudAPIError(answer, to: request, now: now)
    let asked = answer.retryAfter(now: now)
    self.init(error, retryAfter: asked ?? Self.wait(of: error, now: now), refusedToken: refusedToken)
  }

  /// What the failure to get a token means for the request that was to carry it.
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

  /// The same, should the service have repeated a secret in what it said.
  func masked(_ secrets: KnownSecrets) -> AttemptFailure {
    AttemptFailure(
      error.masked(secrets), retryAfter: retryAfter, refusedToken: refusedToken, inconclusive: inconclusive)
  }
}
