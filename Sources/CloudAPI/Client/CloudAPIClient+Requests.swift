import FoundationEssentials
import HTTPTypes

extension CloudAPIClient {
  /// Sends a call and decodes its response as `Value`.
  func perform<Value: Decodable & Sendable>(_ call: Call) async throws(CloudAPIError) -> Value {
    try await perform(call) { answer throws(UnreadableAnswer) in
      try answer.decode(Value.self, name: call.operation.answerName ?? "the answer")
    }
  }

  /// Sends a call and ignores the body of a successful response.
  func performIgnoringAnswer(_ call: Call) async throws(CloudAPIError) {
    try await perform(call) { _ in }
  }

  /// Sends a call; a read as often as the retry policy allows.
  ///
  /// A successful response is accepted if it describes the requested record with the values that were sent
  /// (`AnswerCheck`). If the response to a write doesn't, the record is read, which decides as far as it can.
  ///
  /// A call whose token is refused (401) is sent once more with another token, even a write. That can't apply a write
  /// twice: the service checks the token before it does anything, and 401 says that the check failed (RFC 9110, section
  /// 15.5.2). A write is repeated for no other reason.
  ///
  /// - Parameter receiver: takes the body of a successful response as it arrives.
  @concurrent
  func perform<Value: Sendable>(
    _ call: Call, receiver: (any BodyReceiver)? = nil, reading: @Sendable (Answer) throws(UnreadableAnswer) -> Value
  ) async throws(CloudAPIError) -> Value {
    guard !call.operation.isWrite || !configuration.isReadOnly else {
      throw CloudAPIError(.readOnly, request: try call.request(in: knownEdition ?? .classic).name)
    }
    var request = try await request(for: call)
    var attempt = 1
    var retries = 0
    var isTokenReplaced = false
    var isEditionChecked = false
    while true {
      var failure: AttemptFailure
      do throws(AttemptFailure) {
        return try await perform(request, attempt: attempt, receiver: receiver, reading: reading)
      } catch {
        failure = error
      }
      attempt += 1
      if !isEditionChecked, receiver?.hasDelivered != true {
        isEditionChecked = true
        if let other = try await correctedRequest(for: call, refused: request, with: failure.error) {
          request = other
          continue
        }
      }
      if let refused = failure.refusedToken, !isTokenReplaced {
        isTokenReplaced = true
        do throws(CloudAPIError) {
          if try await tokens?.token(replacing: refused) != nil { continue }
        } catch {
          failure = AttemptFailure(signingInFor: request, error, now: now())
        }
      }
      if request.operation.isWrite, let kind = failure.inconclusive,
        let value = await readBack(call, sentAs: request, after: kind, reading: reading)
      {
        return value
      }
      guard !request.operation.isWrite, receiver?.hasDelivered != true,
        let delay = configuration.retry.delay(
          afterAttempt: retries + 1, failedWith: failure.error.code, retryAfter: failure.retryAfter, random: random())
      else { throw failure.error }
      receiver?.reset()
      do {
        try await clock.sleep(for: delay)
      } catch {
        throw CloudAPIError(.cancelled, request: request.name)
      }
      retries += 1
    }
  }

  private func perform<Value>(
    _ request: CallRequest, attempt: Int, receiver: (any BodyReceiver)?,
    reading: (Answer) throws(UnreadableAnswer) -> Value
  ) async throws(AttemptFailure) -> Value {
    let token: AccessToken?
    do {
      token = try await tokens?.token()
    } catch {
      throw AttemptFailure(signingInFor: request, error, now: now())
    }
    let id = attemptNumbers.next()
    let elapsed = clock.stopwatch()
    func report(_ kind: RequestEvent.Kind) {
      observer?(
        RequestEvent(
          id: id, method: request.method.rawValue, path: request.path, attempt: attempt, purpose: purpose, kind: kind))
    }

    report(.started)
    do throws(AttemptFailure) {
      let answer = try await answer(to: request, number: id, token: token, receiver: receiver)
      let value: Value
      do {
        value = try believed(answer, to: request, reading: reading)
      } catch {
        // Later responses on the same connection may be out of step, too.
        transport.forgetConnections()
        throw AttemptFailure(error, to: request)
      }
      editions?.learn(from: answer, to: request.operation)
      report(.finished(status: answer.status, bytes: answer.bodySize, elapsed()))
      return value
    } catch {
      let failure = error.masked(secrets)
      report(.failed(failure.error, elapsed()))
      throw failure
    }
  }

  private func believed<Value>(
    _ answer: Answer, to request: CallRequest, reading: (Answer) throws(UnreadableAnswer) -> Value
  ) throws(InconclusiveAnswer) -> Value {
    do throws(InconclusiveAnswer) {
      try AnswerCheck(request).check(answer)
    } catch  where error.kind == .incomplete && (!request.operation.isWrite || request.operation.isNew) {
      // The record is the right one: a missing field is accepted.
    }
    do throws(UnreadableAnswer) {
      return try reading(answer)
    } catch {
      throw InconclusiveAnswer(.other, error.reason)
    }
  }

  /// The successful response to one attempt.
  private func answer(
    to request: CallRequest, number: Int, token: AccessToken?, receiver: (any BodyReceiver)?
  ) async throws(AttemptFailure) -> Answer {
    let isLong = request.operation.isList || request.picked != nil
    var transportRequest = transportRequest(for: request, token: token, isLong: isLong)
    if case .sweep? = purpose {} else { transportRequest.number = number }
    let exchange = Exchange(
      transport: transport, request: transportRequest,
      bodyLimit: isLong ? configuration.listBodyLimit : configuration.bodyLimit,
      ignoresBody: request.operation.answerName == nil, receiver: receiver)
    let answer: Answer
    do {
      answer = try await exchange.run(clock: clock)
    } catch {
      throw AttemptFailure(CloudAPIError(error.masked(secrets), of: request, bodyLimit: exchange.bodyLimit))
    }
    let refusedToken = answer.status == 401 ? token : nil
    if let token, refusedToken == nil { tokens?.accept(token) }
    guard answer.isSuccess else {
      throw AttemptFailure(answer, to: request, now: now(), refusedToken: refusedToken)
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

  private func transportRequest(for request: CallRequest, token: AccessToken?, isLong: Bool) -> TransportRequest {
    let base = configuration.baseURL
    var head = HTTPRequest(
      method: request.method, scheme: base.scheme, authority: base.origin.authority, path: base.path + request.path)
    head.headerFields = .common(userAgent: configuration.userAgent)
    switch configuration.credential {
    case .fixed(let authorization): head.headerFields[.authorization] = authorization.headerValue
    case .clientCredentials:
      head.headerFields[.authorization] = token.map { Authorization.bearer($0.secret).headerValue }
    }
    if !request.body.isEmpty { head.headerFields[.contentType] = "application/json" }
    return TransportRequest(
      head: head, body: request.body,
      timeLimit: isLong ? configuration.listTimeLimit : configuration.requestTimeLimit,
      onSend: request.operation.isWrite ? onSend : nil)
  }
}
