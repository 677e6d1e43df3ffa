import HTTPTypes
import Synchronization

/// Forwards requests to another transport, and reports each exchange when it has ended, as text without secrets.
///
/// It masks the values of header fields that carry keys and cookies, those of JSON members and form fields named
/// `password`, `client_secret`, `access_token` and the like, and every known secret anywhere. Bodies are collected
/// first and masked as a whole, so that a secret that arrives in parts is found, and then cut at 64 KB. The response
/// itself is forwarded as it arrives.
public struct TracingTransport: Transport {
  private let next: any Transport
  private let secrets: KnownSecrets
  private let trace: @Sendable (Trace) -> Void

  /// - Parameters:
  ///   - secrets: those that the client uses.
  ///   - trace: is called for every exchange, in the order in which they end, on the request's own task.
  public init(_ next: any Transport, secrets: KnownSecrets, trace: @escaping @Sendable (Trace) -> Void) {
    self.next = next
    self.secrets = secrets
    self.trace = trace
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let response: TransportResponse
    do {
      response = try await next.send(request)
    } catch {
      tell(of: request, failure: error)
      throw error
    }
    let recording = TraceRecording { body, failure in
      tell(of: request, response.head, body, failure: failure)
    }
    return TransportResponse(head: response.head, body: recording.body(of: response.body))
  }

  public func forgetConnections() {
    next.forgetConnections()
  }

  private func tell(
    of request: TransportRequest, _ head: HTTPResponse? = nil, _ body: TraceBody = TraceBody(),
    failure: TransportError? = nil
  ) {
    let redaction = Redaction(secrets)
    trace(
      Trace(
        request: redaction.text(of: request), response: head.map { redaction.text(of: $0, body) },
        failure: failure.map { redaction.text(of: $0) }))
  }
}

/// Keeps a body while another task reads it, and reports when the reading has ended: with the last chunk, with an
/// error, or because the reader ignores the rest.
final class TraceRecording: Sendable {
  private let kept = Mutex(TraceBody())
  private let isTold = Atomic(false)
  private let tell: @Sendable (TraceBody, TransportError?) -> Void

  init(_ tell: @escaping @Sendable (TraceBody, TransportError?) -> Void) {
    self.tell = tell
  }

  deinit {
    end(nil)
  }

  func body(of body: ResponseBody) -> ResponseBody {
    ResponseBody {
      var chunks = body.makeAsyncIterator()
      return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        do throws(TransportError) {
          let chunk = try await chunks.next()
          if let chunk { self.kept.withLock { $0.append(chunk) } } else { self.end(nil) }
          return chunk
        } catch {
          self.end(error)
          throw error
        }
      }
    }
  }

  private func end(_ failure: TransportError?) {
    guard !isTold.exchange(true, ordering: .relaxed) else { return }
    tell(kept.withLock { $0 }, failure)
  }
}

/// The part of a body that a trace needs.
struct TraceBody: Sendable {
  /// Twice what is shown, because masking may shorten the text before the cut.
  private static let limit = 2 * Redaction.shownBytes

  private(set) var bytes: [UInt8] = []
  /// The size of the whole body in bytes.
  private(set) var count = 0

  init(_ bytes: [UInt8] = []) {
    append(bytes)
  }

  /// Whether the body is longer than the part that was kept.
  var isBeginning: Bool { count > bytes.count }

  mutating func append(_ chunk: [UInt8]) {
    count += chunk.count
    bytes += chunk.prefix(Self.limit - bytes.count)
  }
}

/// One exchange as text that can be shown: complete except for masked secrets.
public struct Trace: Hashable, Sendable {
  /// Request line, header fields, an empty line and the body.
  public let request: String
  /// Status, header fields, an empty line and the body, as far as they arrived; `nil` if no head arrived.
  public let response: String?
  /// Why the exchange ended before its response was complete.
  public let failure: String?
}
