import CNcurses
import Glibc

/// Writes bytes to the terminal without ever waiting for it, in order.
///
/// What the terminal doesn't take at once stays here and follows when it does. The terminal is opened a second time for
/// this, because `O_NONBLOCK` belongs to the open file, which the shell shares; where that isn't allowed, as to another user
/// than the one who logged in, standard output has it for as long as a write takes.
@MainActor
final class OutputQueue {
  private let descriptor: Int32
  private let isShared: Bool
  private var waiting: ArraySlice<UInt8> = []
  private var watch: MainLoop.Watch?
  /// Called when everything was written after some of it had to wait.
  var onDrained: @MainActor () -> Void = {}
  /// Called when the terminal's other end is gone.
  var onClosed: @MainActor () -> Void = {}

  init() {
    let own = ttyname(STDOUT_FILENO).map { cnc_open($0, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) } ?? -1
    isShared = own < 0
    descriptor = isShared ? STDOUT_FILENO : own
  }

  isolated deinit {
    watch?.cancel()
    if !isShared { close(descriptor) }
  }

  /// Whether the terminal hasn't taken everything yet.
  var isWaiting: Bool { !waiting.isEmpty }

  func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    waiting += bytes
    writeWaiting()
  }

  /// Writes what waits and then `bytes`, for at most `limit`; what a terminal that reads nothing didn't take by then is lost.
  func writeLast(_ bytes: [UInt8], limit: Duration) {
    // A sequence that was cut off is cancelled (CAN), or it would swallow the beginning of this.
    waiting = isWaiting ? waiting + [0x18] + bytes : bytes[...]
    let end = ContinuousClock.now + limit
    while isWaiting, send() {
      guard isWaiting else { break }
      let rest = ContinuousClock.now.duration(to: end)
      guard rest > .zero else { break }
      var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      Glibc.poll(&poll, 1, Int32(rest / .milliseconds(1)) + 1)
    }
    waiting = []
    stopWaiting()
  }

  private func writeWaiting() {
    guard send() else {
      waiting = []
      stopWaiting()
      onClosed()
      return
    }
    if isWaiting {
      waitUntilWritable()
    } else if watch != nil {
      stopWaiting()
      onDrained()
    }
  }

  /// Writes as much as the terminal takes now; false when it is gone.
  private func send() -> Bool {
    while isWaiting {
      let written = write()
      if written >= 0 {
        waiting = waiting.dropFirst(written)
      } else if errno == EAGAIN {
        return true
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  private func write() -> Int {
    let flags = isShared ? fcntl(descriptor, F_GETFL) : -1
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
    let written = waiting.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let error = errno
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags) }
    errno = error
    return written
  }

  private func waitUntilWritable() {
    guard watch == nil else { return }
    watch = MainLoop.watch(writing: descriptor) { [weak self] in self?.writeWaiting() }
  }

  private func stopWaiting() {
    watch?.cancel()
    watch = nil
  }
}

/// Output that a terminal shows at once when it has all of it: `Esc [ ? 2026 h` … `Esc [ ? 2026 l`, as described at
/// https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036
enum SynchronizedOutput {
  static let begin = Array("\u{1B}[?2026h".utf8)
  static let end = Array("\u{1B}[?2026l".utf8)
  /// So little comes in one piece anyway: the cursor that moves by a row, a cell.
  private static let least = 256

  /// A frame's bytes as they are sent to a terminal that knows it, or doesn't.
  static func bytes(_ bytes: [UInt8], isKnown: Bool) -> [UInt8] {
    isKnown && bytes.count > least ? begin + bytes + end : bytes
  }
}
