public import CloudAPI
import HTTPTypes
import Synchronization

/// Forwards requests and records the writes.
public final class RecordingTransport: Transport {
  private let next: any Transport
  private let sent = Mutex<[String]>([])

  public init(_ next: any Transport) {
    self.next = next
  }

  /// The requests other than GET, oldest first: `PATCH /cloud/3 {"name":"Tower"}`.
  public var writes: [String] {
    sent.withLock { $0 }
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    if request.head.method != .get {
      let body = String(decoding: request.body, as: UTF8.self)
      let line = "\(request.head.method) \(request.head.path ?? "")" + (body.isEmpty ? "" : " " + body)
      sent.withLock { $0.append(line) }
    }
    return try await next.send(request)
  }
}
