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
    state.withLock { $0.onClose = onClose }
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
    var rest = bytes[...]
    while !rest.isEmpty, !isClosed {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // A terminal that another program left in non-blocking mode.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        close(because: errno)
      }
    }
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
