import Synchronization

/// Keeps a body while somebody else reads it, and tells when that has ended: with the last chunk, with an error, or
/// because the reader has no interest in the rest.
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
