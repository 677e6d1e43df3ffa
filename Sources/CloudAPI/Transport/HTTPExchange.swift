import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import Synchronization

/// One request in the HTTP client, whose callbacks it turns into a response and its chunks.
///
/// It uses the client's callback interface rather than its asynchronous one, because only that tells when a request was
/// handed to a connection. Before that nothing was sent, whatever failed; the errors themselves don't tell.
final class HTTPExchange: HTTPClientResponseDelegate {
  private typealias Chunks = NIOThrowingAsyncSequenceProducer<
    ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, HTTPExchange
  >

  private struct State {
    var task: HTTPClient.Task<Void>?
    var isCancelled = false
    var isSent = false
    /// Waits for the head of the response.
    var head: CheckedContinuation<TransportResponse, any Error>?
    /// Takes the chunks, from the head of the response to its end.
    var chunks: Chunks.Source?
    /// Completed when the reader wants more; the client delivers nothing before that.
    var demand: EventLoopPromise<Void>?
  }

  /// Why there is no response.
  struct Failure: Error {
    let error: any Error
    /// Whether the request was handed to a connection.
    let isSent: Bool

    /// Whether the connection was closed before it took any part of the request.
    var isClosedBeforeSending: Bool {
      guard !isSent else { return false }
      switch error {
      case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.eof: return true
      default: return error as? HTTPClientError == .remoteConnectionClosed
      }
    }
  }

  private let state = Mutex(State())
  private let onSend: (@Sendable () -> Void)?

  /// - Parameter onSend: called when the request is handed to a connection.
  init(onSend: (@Sendable () -> Void)?) {
    self.onSend = onSend
  }

  /// Sends `request` and returns when the head of the response has arrived.
  ///
  /// Cancelling the calling task, before that or while it reads the body, ends the exchange and closes its connection.
  func run(
    _ request: HTTPClient.Request, on client: HTTPClient, deadline: NIODeadline
  ) async throws(Failure) -> TransportResponse {
    do {
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          state.withLock { $0.head = continuation }
          start(client.execute(request: request, delegate: self, deadline: deadline))
        }
      } onCancel: {
        cancel()
      }
    } catch {
      throw Failure(error: error, isSent: state.withLock { $0.isSent })
    }
  }

  private func start(_ task: HTTPClient.Task<Void>) {
    let isCancelled = state.withLock { state in
      state.task = task
      return state.isCancelled
    }
    task.futureResult.whenComplete { self.finish($0) }
    if isCancelled { task.cancel() }
  }

  private func cancel() {
    let task = state.withLock { state in
      state.isCancelled = true
      return state.task
    }
    task?.cancel()
  }

  private func finish(_ result: Result<Void, any Error>) {
    let (head, chunks, demand) = state.withLock { state in
      defer { (state.head, state.chunks, state.demand, state.task) = (nil, nil, nil, nil) }
      return (state.head, state.chunks, state.demand)
    }
    switch result {
    case .success:
      chunks?.finish()
      demand?.succeed()
    case .failure(let error):
      head?.resume(throwing: error)
      chunks?.finish(error)
      demand?.fail(error)
    }
  }

  func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
    state.withLock { $0.isSent = true }
    onSend?()
  }

  func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    let chunks = Chunks.makeSequence(
      elementType: ByteBuffer.self, failureType: (any Error).self,
      backPressureStrategy: .init(lowWatermark: 2, highWatermark: 8), finishOnDeinit: true, delegate: self)
    let continuation = state.withLock { state in
      defer { state.head = nil }
      state.chunks = chunks.source
      return state.head
    }
    continuation?.resume(
      returning: TransportResponse(head: HTTPResponse(head), body: Self.body(of: chunks.sequence)))
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
    // Stored before the chunk is delivered, because the reader may ask for the next one at once.
    let demand = task.eventLoop.makePromise(of: Void.self)
    let chunks = state.withLock { state in
      state.demand = demand
      return state.chunks
    }
    switch chunks?.yield(part) {
    case .produceMore: produceMore()
    case .stopProducing: break
    case .dropped, nil: takeDemand()?.fail(HTTPClientError.cancelled)
    }
    return demand.futureResult
  }

  /// Does nothing: the end is taken from the task's result, which always exists.
  func didFinishRequest(task: HTTPClient.Task<Void>) {}

  private func takeDemand() -> EventLoopPromise<Void>? {
    state.withLock { state in
      defer { state.demand = nil }
      return state.demand
    }
  }

  private static func body(of chunks: Chunks) -> ResponseBody {
    ResponseBody {
      let iterator = chunks.makeAsyncIterator()
      return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        do {
          return try await iterator.next().map { Array($0.readableBytesView) }
        } catch {
          throw TransportError(error, isSent: true)
        }
      }
    }
  }
}

extension HTTPExchange: NIOAsyncSequenceProducerDelegate {
  func produceMore() {
    takeDemand()?.succeed()
  }

  /// The reader has ended: it was cancelled or ignores the rest.
  func didTerminate() {
    cancel()
    takeDemand()?.fail(HTTPClientError.cancelled)
  }
}

extension HTTPResponse {
  /// Omits header fields whose names HTTP doesn't allow.
  fileprivate init(_ head: HTTPResponseHead) {
    self.init(status: Status(code: Int(head.status.code)))
    for (name, value) in head.headers {
      guard let name = HTTPField.Name(name) else { continue }
      headerFields.append(HTTPField(name: name, value: value))
    }
  }
}
