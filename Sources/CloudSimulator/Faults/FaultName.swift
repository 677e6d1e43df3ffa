import HTTPTypes

/// A fault, and its name in specifications.
struct FaultName: Sendable {
  let name: String
  /// The name of the value after the equals sign, such as `MS`; nil if there is none.
  let value: String?
  let isValueRequired: Bool
  let meaning: String
  /// - Parameter value: empty if the specification has none.
  /// - Returns: nil for an invalid value.
  let fault: @Sendable (_ value: Substring) -> Fault?

  private init(_ name: String, _ meaning: String, _ fault: Fault) {
    (self.name, self.meaning) = (name, meaning)
    (value, isValueRequired) = (nil, false)
    self.fault = { _ in fault }
  }

  private init(
    _ name: String, _ value: String, isRequired: Bool = true, _ meaning: String,
    _ fault: @escaping @Sendable (Substring) -> Fault?
  ) {
    (self.name, self.value, isValueRequired, self.meaning, self.fault) = (name, value, isRequired, meaning, fault)
  }

  /// The syntax in a specification.
  var synopsis: String {
    guard let value else { return name }
    return isValueRequired ? "\(name)=\(value)" : "\(name)[=\(value)]"
  }

  /// All faults, in the order of the help text.
  static let all = [
    FaultName("latency", "MS", "carried out at once and answered that much later") { text in
      milliseconds(text).map(Fault.delay)
    },
    FaultName("drip", "BYTES/MS", "the body comes slowly, BYTES every MS") { text in
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let bytes = number(parts[0]), bytes > 0, let pause = milliseconds(parts[1]) else {
        return nil
      }
      return .drip(bytes: bytes, every: pause)
    },
    FaultName("429", "SECONDS", isRequired: false, "too many requests; with Retry-After where a number is given") {
      if $0.isEmpty { return .throttled }
      return number($0).map { .throttled(retryAfter: $0) }
    },
    FaultName("401", "the key or token is wrong", .unauthorized),
    FaultName("402", "payment is required", .paymentRequired),
    FaultName("403", "not allowed", .forbidden),
    FaultName("500", "the service fails before it does anything", .serverError()),
    FaultName("500-after", "the service fails when it has done what it was asked", .serverError(carriedOut: true)),
    FaultName("502", "the proxy's page: nothing behind it", .badGateway),
    FaultName("502-after", "the same, when the service has done it", .proxyPage(.badGateway, carriedOut: true)),
    FaultName("503", "the proxy's page: overloaded", .proxyPage(.serviceUnavailable)),
    FaultName("504", "the proxy's page: the service is too slow", .proxyPage(.gatewayTimeout)),
    FaultName("504-after", "the same, when the service has done it", .proxyPage(.gatewayTimeout, carriedOut: true)),
    FaultName("refused", "no connection; over HTTP, the connection is closed", .refusedConnection),
    FaultName("reset-before", "the connection is reset, nothing was done", .connectionLost(carriedOut: false)),
    FaultName("reset-after", "the connection is reset when it was done", .connectionLost(carriedOut: true)),
    FaultName("reset-late", "MS", "the connection is reset, and it is done MS later") { text in
      milliseconds(text).map(Fault.connectionLostEarly)
    },
    FaultName("no-answer-before", "never answered, nothing was done", .noAnswer(carriedOut: false)),
    FaultName("no-answer-after", "never answered, though it was done", .noAnswer(carriedOut: true)),
    FaultName("truncated", "BYTES", "the body ends after that many bytes") { text in
      number(text).map(Fault.truncatedBody)
    },
    FaultName("endless", "the body begins as it should and never ends", .endlessBody),
    FaultName("malformed", "200 with JSON that ends in the middle, when it was done", .malformedBody),
    FaultName("wrong-type", "200 with JSON of another type, when it was done", .wrongType),
    FaultName("html", "200 with a web page, nothing was done", .signInPage),
    FaultName("vanish", "the path's user, invitation, processor or cloud is gone", .vanished),
    FaultName("revoke", "all tokens are revoked, then treated as any other", .revokedTokens),
  ]

  private static func milliseconds(_ text: Substring) -> Duration? {
    number(text).map { .milliseconds($0) }
  }

  /// Parses decimal digits, up to the number of milliseconds in a day.
  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int(text).flatMap { $0 <= 86_400_000 ? $0 : nil }
  }
}
