import FoundationEssentials

extension CloudAPIError {
  /// The error for a response without a success status.
  init(_ answer: Answer, to call: CallRequest, now: Date) {
    let said = ErrorBody(answer)
    let code: Code =
      switch answer.status {
      case 400 where !said.fields.isEmpty: .validation(fields: said.fields)
      case 401: .unauthorized
      case 402: .paymentRequired
      case 403: .forbidden(scope: call.operation.scope)
      case 404 where said.isServices: .notFound
      // A gateway's 404, which tells nothing about the record.
      case 404: call.operation.isWrite ? .outcomeUnknown(cause: .foreign(status: 404)) : .rejected(status: 404)
      case 409: .conflict
      // For a write it isn't known whether the limit was applied before anything was done.
      case 429,
        503 where said.isThrottled:
        .rateLimited(until: (answer.retryAfter(now: now) ?? said.wait).map { now + $0.seconds })
      case 400..<500: .rejected(status: answer.status)
      default:
        call.operation.isWrite
          ? .outcomeUnknown(cause: .server(status: answer.status)) : .server(status: answer.status)
      }
    self.init(code, request: call.name, detail: said.detail)
  }

  /// The error for a missing response: the outcome of a write that was sent is unknown.
  init(_ failure: Exchange.Failure, of call: CallRequest, bodyLimit: Int) {
    let isWrite = call.operation.isWrite
    var detail: String?
    let code: Code
    switch failure {
    case .cancelledBeforeSending: code = .cancelled
    case .transport(.cancelled): code = isWrite ? .outcomeUnknown(cause: .cancelled) : .cancelled
    case .transport(.timedOut): code = isWrite ? .outcomeUnknown(cause: .timedOut) : .timedOut
    case .transport(.notConnected(let reason)): code = .unreachable(reason: reason)
    case .transport(.connectionLost(let reason)):
      code = isWrite ? .outcomeUnknown(cause: .connectionLost(reason: reason)) : .unreachable(reason: reason)
    case .redirect(let location, let reason):
      code = .unexpectedRedirect(location: Redirect.shown(location))
      detail = reason
    case .bodyTooLarge where isWrite:
      self.init(unreadable: "the response is larger than \(bodyLimit) bytes", answerTo: call)
      return
    case .bodyTooLarge: code = .tooLarge(limit: bodyLimit)
    case .unreadable(let reason):
      self.init(unreadable: reason, answerTo: call)
      return
    }
    self.init(code, request: call.name, detail: detail)
  }

  /// The error for a successful response that can't be read.
  init(unreadable reason: String, answerTo call: CallRequest) {
    self.init(
      call.operation.isWrite
        ? .outcomeUnknown(cause: .badResponse(reason: reason)) : .badResponse(reason: reason),
      request: call.name)
  }

  // In scalars: a single character can be as long as the whole response.
  private static let longestText = 500
  private static let longestLocation = 200
  private static let mostFields = 20

  /// A copy with secrets masked in everything that the service said, then cut to a length that can be shown.
  func masked(_ secrets: KnownSecrets) -> CloudAPIError {
    func mask(_ text: String) -> String { secrets.masked(in: text).prefix(scalars: Self.longestText) }
    let code: Code =
      switch code {
      case .validation(let fields):
        // Names that differed only in the key become equal.
        .validation(
          fields: Dictionary(
            fields.sorted { $0.key < $1.key }.prefix(Self.mostFields).map { name, messages in
              (mask(name), messages.prefix(Self.mostFields).map(mask))
            }, uniquingKeysWith: +))
      case .unexpectedRedirect(let location):
        .unexpectedRedirect(location: secrets.masked(in: location).prefix(scalars: Self.longestLocation))
      case .badResponse(let reason): .badResponse(reason: mask(reason))
      case .outcomeUnknown(.badResponse(let reason)): .outcomeUnknown(cause: .badResponse(reason: mask(reason)))
      default: code
      }
    return CloudAPIError(code, request: request, detail: detail.map(mask), isSigningIn: isSigningIn)
  }
}

extension Duration {
  /// The duration in seconds, as a `TimeInterval`.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
