import Dispatch
import Synchronization

/// Writes in order, on its own thread: a slow reader doesn't delay responses, and a reader that is gone ends the
/// command without a message.
public final class OutputQueue: Sendable {
  /// The reason why nothing more can be written.
  public enum End: Sendable {
    case readerGone
    /// The write failed, with the system's reason.
    case failed(String)
  }

  /// Writes bytes; checks before each part whether they are still wanted.
  ///
  /// - Returns: `nil` if they were written.
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

  /// Whether the reader is gone or writing failed.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// The reason why writing failed; `nil` also if the reader is gone.
  var failure: String? { state.withLock { $0.failure } }

  /// - Parameter onClose: called once when the reader is gone, on the queue's thread.
  func onClose(_ onClose: @escaping @Sendable () -> Void) {
    state.withLock { if !$0.goesOn { $0.onClose = onClose } }
  }

  /// Lets the command complete its work without a reader: `onClose` is not called from now on.
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

  /// Waits until everything is written or writing has failed.
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
