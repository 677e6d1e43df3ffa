import HTTPTypes
import Synchronization

/// Forwards requests to another transport, and reports each exchange when it has ended, as text without secrets.
///
/// It masks the values of header fields that carry keys and cookies, those of JSON members and form fields named
/// `password`, `client_secret`, `access_token` and the like, and every known secret anywhere. Bodies are collected
/// first and masked as a whole, so that a secret that arrives in parts is found, and then cut (`TraceExtent`). The response
/// itself is forwarded as it arrives.
public struct TracingTransport: Transport {
  private let next: any Transport
  private let secrets: KnownSecrets
  private let extent: TraceExtent
  private let trace: @Sendable (Trace) -> Void

  /// - Parameters:
  ///   - secrets: those that the client uses.
  ///   - extent: which exchanges are reported, and how much of their bodies.
  ///   - trace: is called for every exchange, in the order in which they end, on the request's own task.
  public init(
    _ next: any Transport, secrets: KnownSecrets, extent: TraceExtent = .all,
    trace: @escaping @Sendable (Trace) -> Void
  ) {
    self.next = next
    self.secrets = secrets
    self.extent = extent
    self.trace = trace
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard request.number != nil || !extent.isNumberedOnly else { return try await next.send(request) }
    let limit = extent.limit(of: request)
    let response: TransportResponse
    do {
      response = try await next.send(request)
    } catch {
      tell(of: request, body: TraceBody(limit: limit), failure: error)
      throw error
    }
    let recording = TraceRecording(limit: limit) { body, failure in
      tell(of: request, response.head, body: body, failure: failure)
    }
    return TransportResponse(head: response.head, body: recording.body(of: response.body))
  }

  public func forgetConnections() {
    next.forgetConnections()
  }

  private func tell(
    of request: TransportRequest, _ head: HTTPResponse? = nil, body: TraceBody, failure: TransportError? = nil
  ) {
    let redaction = Redaction(secrets, shownBytes: extent.limit(of: request))
    trace(
      Trace(
        number: request.number, request: redaction.text(of: request),
        response: head.map { redaction.text(of: $0, body) },
        failure: failure.map { redaction.text(of: $0) }))
  }
}

/// Keeps a body while another task reads it, and reports when the reading has ended: with the last chunk, with an
/// error, or because the reader ignores the rest.
final class TraceRecording: Sendable {
  private let kept: Mutex<TraceBody>
  private let isTold = Atomic(false)
  private let tell: @Sendable (TraceBody, TransportError?) -> Void

  init(limit: Int, _ tell: @escaping @Sendable (TraceBody, TransportError?) -> Void) {
    kept = Mutex(TraceBody(limit: limit))
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
  private let limit: Int
  private(set) var bytes: [UInt8] = []
  /// The size of the whole body in bytes.
  private(set) var count = 0

  /// - Parameter limit: how many bytes are shown.
  init(_ bytes: [UInt8] = [], limit: Int) {
    self.limit = 2 * limit
    append(bytes)
  }

  /// Whether the body is longer than the part that was kept.
  var isBeginning: Bool { count > bytes.count }

  mutating func append(_ chunk: [UInt8]) {
    count += chunk.count
    bytes += chunk.prefix(limit - bytes.count)
  }
}

/// Which exchanges are traced, and how many bytes of a masked body are shown.
public struct TraceExtent: Sendable {
  let reads: Int
  let writes: Int
  /// Whether exchanges without a number are left out, such as those of a sweep.
  let isNumberedOnly: Bool

  /// Every exchange, with at most 64 KB of a body: what a command prints.
  public static let all = TraceExtent(reads: 64 << 10, writes: 64 << 10, isNumberedOnly: false)
  /// Numbered exchanges, with the bodies of writes whole and the first 4 KB of reads: what a log keeps.
  public static let log = TraceExtent(reads: 4 << 10, writes: 1 << 20, isNumberedOnly: true)

  func limit(of request: TransportRequest) -> Int {
    [.get, .head].contains(request.head.method) ? reads : writes
  }
}

/// One exchange as text that can be shown: complete except for masked secrets.
public struct Trace: Hashable, Sendable {
  /// The number in the events of the request (`RequestEvent.id`).
  public let number: Int?
  /// Request line, header fields, an empty line and the body.
  public let request: String
  /// Status, header fields, an empty line and the body, as far as they arrived; `nil` if no head arrived.
  public let response: String?
  /// Why the exchange ended before its response was complete.
  public let failure: String?

  /// All of it, with a mark at the start of each line: `>` for the request, `<` for the response, `!` for the failure.
  public var text: String {
    [(">", request), ("<", response), ("!", failure)].map { mark, text in text.map { Self.marked(mark, $0) } ?? "" }
      .joined()
  }

  private static func marked(_ mark: String, _ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? mark : "\(mark) \($0)" }
      .joined(separator: "\n") + "\n"
  }
}
