import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Writes to a descriptor in order, on a thread of its own: a reader that takes its time holds up no answer that is on
/// its way, and a reader that has gone ends the command quietly.
final class OutputQueue: Sendable {
  private struct State {
    var isClosed = false
    var failure: Int32?
    var onClose: (@Sendable () -> Void)?
    /// Whether the command goes on without a reader.
    var goesOn = false
  }

  private let descriptor: Int32
  private let queue = DispatchQueue(label: "output")
  private let state = Mutex(State())

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Whether whoever read it has gone, or it can't be written any more.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Why it can't be written, where that is no reader's going.
  var failure: String? { state.withLock { $0.failure }.map { String(cString: strerror($0)) } }

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

  func write(_ text: String) {
    write(Array(text.utf8))
  }

  func line(_ text: String) {
    write(text + "\n")
  }

  /// Returns when everything is written, or can't be.
  func flush() async {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume() }
    }
  }

  private func writeNow(_ bytes: [UInt8]) {
    if let failure = StandardOutput.write(bytes, to: descriptor, while: { !isClosed }) { close(because: failure) }
  }

  private func close(because error: Int32) {
    let onClose = state.withLock { state in
      state.isClosed = true
      if error != EPIPE { state.failure = error }
      defer { state.onClose = nil }
      return state.onClose
    }
    onClose?()
  }
}
