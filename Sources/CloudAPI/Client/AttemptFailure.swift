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

  /// What the failure to get a token means for the request that was to carry it.
  init(signingInFor request: CallRequest, _ error: CloudAPIError, now: Date) {
    guard error.code != .cancelled else {
      self.init(CloudAPIError(.cancelled, request: request.name))
      return
    }
    if case .rateLimited(let until?) = error.code {
      self.init(error, retryAfter: .seconds(max(0, until.timeIntervalSince(now))))
    } else {
      self.init(error)
    }
  }

  /// The same, should the service have repeated a secret in what it said.
  func masked(_ secrets: KnownSecrets) -> AttemptFailure {
    AttemptFailure(
      error.masked(secrets), retryAfter: retryAfter, refusedToken: refusedToken, inconclusive: inconclusive)
  }
}
