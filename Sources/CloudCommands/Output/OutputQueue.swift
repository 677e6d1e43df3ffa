import Dispatch
import Synchronization

/// Writes in order, on a thread of its own: a reader that takes its time holds up no answer that is on its way, and a
/// reader that has gone ends the command quietly.
public final class OutputQueue: Sendable {
  /// Why nothing more can be written.
  public enum End: Sendable {
    case readerGone
    /// With the system's reason.
    case failed(String)
  }

  /// Writes bytes, and asks before each part whether they are still wanted.
  ///
  /// - Returns: `nil` where they are written.
  public typealias Sink = @Sendable (_ bytes: [UInt8], _ isWanted: () -> Bool) -> End?

  private struct State {
    var isClosed = false
    var failure: String?
    var onClose: (@Sendable () -> Void)?
    /// Whether the command goes on without a reader.
    var goesOn = false
  }

  private let sink: Sink
  private let queue = DispatchQueue(label: "output")
  private let state = Mutex(State())

  public init(_ sink: @escaping Sink) {
    self.sink = sink
  }

  /// Whether whoever read it has gone, or it can't be written any more.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Why it can't be written, where that is no reader's going.
  var failure: String? { state.withLock { $0.failure } }

  /// - Parameter onClose: is called once when the reader has gone, on the queue's thread.
  func onClose(_ onClose: @escaping @Sendable () -> Void) {
    state.withLock { if !$0.goesOn { $0.onClose = onClose } }
  }

  /// Nothing is called from now on when the reader has gone: what was asked for is done nonetheless.
  func goOnWithoutReader() {
    state.withLock { state in
      state.goesOn = true
      state.onClose = nil
    }
  }

  func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, !isClosed else { return }
    queue.async { self.writeNow(bytes) }
  }

  public func write(_ text: String) {
    write(Array(text.utf8))
  }

  public func line(_ text: String) {
    write(text + "\n")
  }

  /// Returns when everything is written, or can't be.
  public func flush() async {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume() }
    }
  }

  private func writeNow(_ bytes: [UInt8]) {
    if let end = sink(bytes, { !isClosed }) { close(because: end) }
  }

  private func close(because end: End) {
    let onClose = state.withLock { state in
      state.isClosed = true
      if case .failed(let reason) = end { state.failure = reason }
      defer { state.onClose = nil }
      return state.onClose
    }
    onClose?()
  }
}
