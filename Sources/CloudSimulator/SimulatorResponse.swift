public import HTTPTypes

/// A response of the simulator, and how the caller must deliver it.
public struct SimulatorResponse: Hashable, Sendable {
  /// The part of a response that arrives.
  public enum Delivery: Hashable, Sendable {
    case whole
    /// The head and this many bytes of the body, then the connection ends.
    case truncated(bytes: Int)
    /// The head, then the body: this many bytes at each interval.
    case dripping(bytes: Int, every: Duration)
    /// The head, the body without its last byte, then endless white space. No `Content-Length`.
    case endless
    /// Nothing, and the connection ends.
    case lost
    /// Nothing, and the connection stays open.
    case never
    /// Nothing, because there was no connection.
    case refused
  }

  public var status: HTTPResponse.Status
  /// With `Content-Length`, unless the status allows no body.
  public var fields: HTTPFields
  /// Empty for HEAD.
  public var body: [UInt8]
  /// The wait before the delivery.
  public var delay: Duration
  public var delivery: Delivery
  /// The work after the delivery; `nil` if there is none.
  public var late: LateWork?

  /// A request that is carried out only after its connection has ended.
  public struct LateWork: Hashable, Sendable {
    /// The delay after the delivery.
    let rest: Duration
    /// The number of the request in the log.
    let number: Int
  }
}

extension SimulatorResponse {
  /// Encodes a reply.
  ///
  /// - Parameter number: the number of the request in the log.
  init(
    _ reply: Reply, to request: HTTPRequest, edition: Simulator.Edition, isOdd: Bool, fault: Fault?, number: Int = 0
  ) {
    status = reply.status
    fields = reply.fields
    switch reply.content {
    case .nothing:
      body = []
    case .text(let text):
      body = Array(text.utf8)
    case .json(let value):
      body = JSONWriter.bytes(of: value, edition: edition, isOdd: isOdd)
      fields[.contentType] = "application/json"
    }
    if status != .noContent, fault != .endlessBody { fields[.contentLength] = String(body.count) }
    if request.method == .head { body = [] }
    delay = if case .delay(let duration) = fault { duration } else { .zero }
    delivery = Delivery(fault)
    late = if case .connectionLostEarly(let rest) = fault { LateWork(rest: rest, number: number) } else { nil }
  }
}

extension SimulatorResponse.Delivery {
  fileprivate init(_ fault: Fault?) {
    switch fault {
    case .truncatedBody(let bytes): self = .truncated(bytes: bytes)
    case .drip(let bytes, let pause): self = .dripping(bytes: bytes, every: pause)
    case .endlessBody: self = .endless
    case .connectionLost, .connectionLostEarly: self = .lost
    case .noAnswer: self = .never
    case .refusedConnection: self = .refused
    case nil, .delay, .reply, .replyAfterwards, .revokedTokens, .vanished: self = .whole
    }
  }
}
