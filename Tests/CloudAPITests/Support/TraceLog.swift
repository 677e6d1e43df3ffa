import CloudAPI
import Synchronization

/// Keeps traces.
final class TraceLog: Sendable {
  private let kept = Mutex<[Trace]>([])

  var all: [Trace] { kept.withLock { $0 } }

  var add: @Sendable (Trace) -> Void {
    { trace in self.kept.withLock { $0.append(trace) } }
  }
}
