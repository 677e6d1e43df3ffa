import NIOCore
import NIOHTTP1

/// The bytes received aren't an HTTP response, or not one to the request.
struct MalformedAnswer: Error {}

/// Forwards the parts of a response in the order that HTTP allows: informational heads, one head, its body, its end.
///
/// It is placed between NIO's decoder and the HTTP client's own handler, whose state machine stops the program on an
/// unexpected part, such as the body after a status below 100.
///
/// The end of a response is held back until everything that arrived with it was read: bytes after a response on the
/// same connection belong to no request, and are never taken for the response to the next one.
final class AnswerOrder: ChannelDuplexHandler {
  /// Asks a connection to close as soon as no response is in progress on it.
  struct EndWhenIdle: Sendable {}

  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  private enum State {
    case awaitingHead
    case inBody
    /// The end was received and is held back.
    case ended(HTTPHeaders?)
    case failed
  }

  /// A service that is working on a long request may send many; one that sends only these never responds.
  private static let mostInformationalHeads = 100

  private var state = State.awaitingHead
  private var informationalHeads = 0
  /// Whether a request was written and its response hasn't ended.
  private var isAnswering = false
  private var endsWhenIdle = false

  /// Adds a handler after the decoder of a connection, on its event loop.
  static func add(to channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    try pipeline.addHandler(AnswerOrder(), position: .after(decoder))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    isAnswering = true
    context.write(data, promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is EndWhenIdle else { return context.fireUserInboundEventTriggered(event) }
    endsWhenIdle = true
    endIfIdle(context: context)
  }

  private func endIfIdle(context: ChannelHandlerContext) {
    if endsWhenIdle, !isAnswering { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch (state, part) {
    case (.awaitingHead, .head(let head)):
      received(head, context: context)
    case (.inBody, .body):
      context.fireChannelRead(data)
    case (.inBody, .end(let trailers)):
      state = .ended(trailers)
    case (.failed, _):
      break
    case (.awaitingHead, .body), (.awaitingHead, .end), (.inBody, .head), (.ended, _):
      fail(context: context)
    }
  }

  private func received(_ head: HTTPResponseHead, context: ChannelHandlerContext) {
    switch head.status.code {
    case 200...999:
      informationalHeads = 0
      state = .inBody
      context.fireChannelRead(wrapInboundOut(.head(head)))
    // The client never asks to switch protocols (101).
    case 100, 102..<200:
      informationalHeads += 1
      if informationalHeads > Self.mostInformationalHeads { fail(context: context) }
    default:
      fail(context: context)
    }
  }

  private func fail(context: ChannelHandlerContext) {
    state = .failed
    context.fireErrorCaught(MalformedAnswer())
    context.close(promise: nil)
  }

  private func deliverEnd(context: ChannelHandlerContext) {
    guard case .ended(let trailers) = state else { return }
    state = .awaitingHead
    isAnswering = false
    context.fireChannelRead(wrapInboundOut(.end(trailers)))
    endIfIdle(context: context)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    deliverEnd(context: context)
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deliverEnd(context: context)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .failed = state { return }
    guard case .ended = state else {
      // The decoder continues after some of its errors.
      if error is HTTPParserError || error is NIOHTTPDecoderError { state = .failed }
      context.fireErrorCaught(error)
      return
    }
    // The response is complete; what follows it is ignored.
    deliverEnd(context: context)
    context.close(promise: nil)
  }
}
