public import CloudAPI
import HTTPTypes
import Synchronization

/// Forwards requests and records them.
public final class RecordingTransport: Transport {
  private let next: any Transport
  private let sent = Mutex<[String]>([])
  private let read = Mutex<[String]>([])

  public init(_ next: any Transport) {
    self.next = next
  }

  /// The requests other than GET, oldest first: `PATCH /cloud/3 {"name":"Tower"}`.
  public var writes: [String] {
    sent.withLock { $0 }
  }

  /// The paths of the GET requests, oldest first.
  public var reads: [String] {
    read.withLock { $0 }
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    if request.head.method == .get {
      read.withLock { $0.append(request.head.path ?? "") }
    } else {
      let body = String(decoding: request.body, as: UTF8.self)
      let line = "\(request.head.method) \(request.head.path ?? "")" + (body.isEmpty ? "" : " " + body)
      sent.withLock { $0.append(line) }
    }
    return try await next.send(request)
  }
}
