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

  /// Sends a call, a read as often as the policy says.
  ///
  /// - Parameter receiver: takes the body of an answer of success as it arrives.
  @concurrent
  func perform<Value: Sendable>(
    _ call: Call, receiver: RecordReceiver? = nil, reading: @Sendable (Answer) throws(UnreadableAnswer) -> Value
  ) async throws(CloudAPIError) -> Value {
    let request = try call.request(in: configuration.edition)
    guard !request.operation.isWrite || !configuration.isReadOnly else {
      throw CloudAPIError(.readOnly, request: request.name)
    }
    var attempt = 1
    while true {
      do throws(AttemptFailure) {
        return try await perform(request, attempt: attempt, receiver: receiver, reading: reading)
      } catch {
        guard !request.operation.isWrite, receiver?.hasDelivered != true,
          let delay = configuration.retry.delay(
            afterAttempt: attempt, failedWith: error.error.code, retryAfter: error.retryAfter, random: random())
        else { throw error.error }
        receiver?.reset()
        do {
          try await clock.sleep(for: delay)
        } catch {
          throw CloudAPIError(.cancelled, request: request.name)
        }
        attempt += 1
      }
    }
  }

  private func perform<Value>(
    _ request: CallRequest, attempt: Int, receiver: RecordReceiver?,
    reading: (Answer) throws(UnreadableAnswer) -> Value
  ) async throws(AttemptFailure) -> Value {
    let id = attemptNumbers.next()
    let elapsed = stopwatch(clock)
    func report(_ kind: RequestEvent.Kind) {
      observer?(
        RequestEvent(id: id, method: request.method.rawValue, path: request.path, attempt: attempt, kind: kind))
    }

    report(.started)
    do throws(AttemptFailure) {
      let answer = try await answer(to: request, receiver: receiver)
      let value: Value
      do {
        value = try reading(answer)
      } catch {
        throw AttemptFailure(CloudAPIError(unreadable: error.reason, answerTo: request))
      }
      report(.finished(status: answer.status, bytes: answer.bodySize, elapsed()))
      return value
    } catch {
      let failure = error.masked(configuration.authorization.secret)
      report(.failed(failure.error, elapsed()))
      throw failure
    }
  }

  /// The answer of success to one attempt.
  private func answer(to request: CallRequest, receiver: RecordReceiver?) async throws(AttemptFailure) -> Answer {
    let isLong = request.operation.isList || request.picked != nil
    let exchange = Exchange(
      transport: transport, request: transportRequest(for: request, isLong: isLong),
      bodyLimit: isLong ? configuration.listBodyLimit : configuration.bodyLimit,
      ignoresBody: request.operation.answerName == nil, receiver: receiver)
    let answer: Answer
    do {
      answer = try await exchange.run(clock: clock)
    } catch {
      throw AttemptFailure(CloudAPIError(error, of: request, bodyLimit: exchange.bodyLimit))
    }
    guard answer.isSuccess else {
      let now = now()
      throw AttemptFailure(CloudAPIError(answer, to: request, now: now), retryAfter: answer.retryAfter(now: now))
    }
    guard let id = request.picked else { return answer }
    let picked: Answer?
    do {
      picked = try answer.picking(id)
    } catch {
      throw AttemptFailure(CloudAPIError(unreadable: error.reason, answerTo: request))
    }
    guard let picked else { throw AttemptFailure(CloudAPIError(.notFound, request: request.name)) }
    return picked
  }

  private func transportRequest(for request: CallRequest, isLong: Bool) -> TransportRequest {
    let base = configuration.baseURL
    var head = HTTPRequest(
      method: request.method, scheme: base.scheme, authority: base.origin.authority, path: base.path + request.path)
    head.headerFields[.accept] = "application/json"
    head.headerFields[.userAgent] = configuration.userAgent
    head.headerFields[.authorization] = configuration.authorization.headerValue
    if !request.body.isEmpty { head.headerFields[.contentType] = "application/json" }
    return TransportRequest(
      head: head, body: request.body,
      timeLimit: isLong ? configuration.listTimeLimit : configuration.requestTimeLimit)
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
