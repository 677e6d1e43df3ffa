import FoundationEssentials
import HTTPTypes

extension CloudAPIClient {
  /// Sends a call and reads its answer as `Value`.
  func perform<Value: Decodable & Sendable>(_ call: Call) async throws(CloudAPIError) -> Value {
    try await perform(call) { answer throws(UnreadableAnswer) in
      try answer.decode(Value.self, name: call.operation.answerName ?? "the answer")
    }
  }

  /// Sends a call for which any answer of success will do.
  func performIgnoringAnswer(_ call: Call) async throws(CloudAPIError) {
    try await perform(call) { _ in }
  }

  @concurrent
  private func perform<Value: Sendable>(
    _ call: Call, reading: @Sendable (Answer) throws(UnreadableAnswer) -> Value
  ) async throws(CloudAPIError) -> Value {
    var attempt = 1
    while true {
      do throws(AttemptFailure) {
        return try await perform(call, attempt: attempt, reading: reading)
      } catch {
        guard !call.operation.isWrite,
          let delay = configuration.retry.delay(
            afterAttempt: attempt, failedWith: error.error.code, retryAfter: error.retryAfter, random: random())
        else { throw error.error }
        do {
          try await clock.sleep(for: delay)
        } catch {
          throw CloudAPIError(.cancelled, request: call.name)
        }
        attempt += 1
      }
    }
  }

  private func perform<Value>(
    _ call: Call, attempt: Int, reading: (Answer) throws(UnreadableAnswer) -> Value
  ) async throws(AttemptFailure) -> Value {
    let id = attemptNumbers.next()
    let elapsed = stopwatch(clock)
    func report(_ kind: RequestEvent.Kind) {
      observer?(
        RequestEvent(
          id: id, method: call.operation.method.rawValue, path: call.path, attempt: attempt, kind: kind))
    }

    report(.started)
    do throws(AttemptFailure) {
      let answer = try await answer(to: call)
      let value: Value
      do {
        value = try reading(answer)
      } catch {
        throw AttemptFailure(CloudAPIError(unreadable: error.reason, answerTo: call))
      }
      report(.finished(status: answer.status, bytes: answer.body.count, elapsed()))
      return value
    } catch {
      let failure = error.masked(configuration.authorization.secret)
      report(.failed(failure.error, elapsed()))
      throw failure
    }
  }

  /// The answer of success to one attempt.
  private func answer(to call: Call) async throws(AttemptFailure) -> Answer {
    let operation = call.operation
    let exchange = Exchange(
      transport: transport, request: request(for: call),
      bodyLimit: operation.isList ? configuration.listBodyLimit : configuration.bodyLimit,
      ignoresBody: operation.answerName == nil)
    let answer: Answer
    do {
      answer = try await exchange.run(clock: clock)
    } catch {
      throw AttemptFailure(CloudAPIError(error, of: call, bodyLimit: exchange.bodyLimit))
    }
    guard answer.isSuccess else {
      let now = now()
      throw AttemptFailure(CloudAPIError(answer, to: call, now: now), retryAfter: answer.retryAfter(now: now))
    }
    return answer
  }

  private func request(for call: Call) -> TransportRequest {
    let base = configuration.baseURL
    var head = HTTPRequest(
      method: call.operation.method, scheme: base.scheme, authority: base.origin.authority, path: base.path + call.path)
    head.headerFields[.accept] = "application/json"
    head.headerFields[.userAgent] = configuration.userAgent
    head.headerFields[.authorization] = configuration.authorization.headerValue
    if !call.body.isEmpty { head.headerFields[.contentType] = "application/json" }
    return TransportRequest(
      head: head, body: call.body,
      timeLimit: call.operation.isList ? configuration.listTimeLimit : configuration.requestTimeLimit)
  }
}

/// Why an attempt failed, and what the service asked for before the next.
struct AttemptFailure: Error {
  let error: CloudAPIError
  let retryAfter: Duration?

  init(_ error: CloudAPIError, retryAfter: Duration? = nil) {
    self.error = error
    self.retryAfter = retryAfter
  }

  /// The same, should the service have repeated the secret in what it said.
  func masked(_ secret: Secret) -> AttemptFailure {
    AttemptFailure(error.masked(secret), retryAfter: retryAfter)
  }
}

/// Starts to measure, and returns what tells the time since.
private func stopwatch<C: Clock>(_ clock: C) -> () -> C.Duration {
  let start = clock.now
  return { start.duration(to: clock.now) }
}
