import HTTPTypes

extension Fault {
  /// Whether the service does what it is asked, at once.
  var carriesOut: Bool {
    switch self {
    case .delay, .truncatedBody, .replyAfterwards, .drip, .endlessBody, .revokedTokens: true
    case .refusedConnection, .reply, .connectionLostEarly: false
    case .noAnswer(let carriedOut), .connectionLost(let carriedOut): carriedOut
    }
  }

  /// What answers in the service's place.
  var replacement: Reply? {
    switch self {
    case .reply(let status, let fields, let body), .replyAfterwards(let status, let fields, let body):
      Reply(status: status, fields: fields, content: .text(body))
    default: nil
    }
  }

  /// Whether no head of an answer arrives.
  var losesAnswer: Bool {
    switch self {
    case .noAnswer, .connectionLost, .connectionLostEarly, .refusedConnection: true
    default: false
    }
  }
}
