import CNcurses
import Glibc

/// Writes bytes to the terminal in order, without waiting for it.
///
/// Bytes that the terminal doesn't accept at once are kept and written when it does. The terminal is opened a second
/// time, because `O_NONBLOCK` belongs to the open file, which the shell shares. If opening isn't allowed, as for
/// another user than the one who logged in, standard output gets the flag for the duration of each write.
@MainActor
final class OutputQueue {
  private let descriptor: Int32
  private let isShared: Bool
  private var waiting: ArraySlice<UInt8> = []
  private var watch: MainLoop.Watch?
  /// Called when everything was written after some of it had to wait.
  var onDrained: @MainActor () -> Void = {}
  /// Called when the other end of the terminal is closed.
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

  /// Whether the terminal hasn't accepted everything yet.
  var isWaiting: Bool { !waiting.isEmpty }

  func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    waiting += bytes
    writeWaiting()
  }

  /// Writes what is waiting and then `bytes`, for at most `limit`; what the terminal hasn't accepted by then is lost.
  func writeLast(_ bytes: [UInt8], limit: Duration) {
    // CAN cancels a sequence that was cut off, which would otherwise swallow the start of these bytes.
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

  /// Writes as much as the terminal accepts now; returns false if it is gone.
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

/// Output that a terminal shows at once when it is complete: `Esc [ ? 2026 h` … `Esc [ ? 2026 l`, as described at
/// https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036
enum SynchronizedOutput {
  static let begin = Array("\u{1B}[?2026h".utf8)
  static let end = Array("\u{1B}[?2026l".utf8)
  /// Shorter output arrives in one piece anyway: a cursor that moves by a row, a cell.
  private static let least = 256

  /// A frame's bytes, for a terminal that supports synchronized output or doesn't.
  static func bytes(_ bytes: [UInt8], isKnown: Bool) -> [UInt8] {
    isKnown && bytes.count > least ? begin + bytes + end : bytes
  }
}
