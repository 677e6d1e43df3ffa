import CNcurses
import Dispatch
import Glibc
import TerminalUI

/// Reads standard input and decodes it into events; a timer runs only while a sequence is undecided.
@MainActor
final class InputReader {
  private let onEvents: @MainActor ([TerminalEvent]) -> Void
  private let onClosed: @MainActor () -> Void
  private let encoding: TextEncoding
  private let escapeTabIsBackTab: Bool
  private var decoder: InputDecoder
  private var watch: MainLoop.Watch?
  private var timer: (any DispatchSourceTimer)?

  /// - Parameter escapeTabIsBackTab: whether the terminal sends `Esc Tab` for Shift-Tab.
  init(
    encoding: TextEncoding, escapeTabIsBackTab: Bool, onEvents: @escaping @MainActor ([TerminalEvent]) -> Void,
    onClosed: @escaping @MainActor () -> Void
  ) {
    self.encoding = encoding
    self.escapeTabIsBackTab = escapeTabIsBackTab
    decoder = InputDecoder(encoding: encoding, escapeTabIsBackTab: escapeTabIsBackTab)
    self.onEvents = onEvents
    self.onClosed = onClosed
  }

  func start() {
    guard watch == nil else { return }
    watch = MainLoop.watch(reading: STDIN_FILENO) { [weak self] in self?.readAvailable() }
  }

  /// Stops reading, so that another program gets the bytes. A partial sequence is discarded.
  func stop() {
    watch?.cancel()
    watch = nil
    timer?.cancel()
    timer = nil
    decoder = InputDecoder(encoding: encoding, escapeTabIsBackTab: escapeTabIsBackTab)
  }

  /// Everything typed until now. The rest of a partial sequence will not become a key.
  func drain() -> [TerminalEvent] {
    let events = decodePending()
    decoder.abandon()
    scheduleTimer()
    return events
  }

  /// Discards everything typed until now, which was meant for another program.
  func forget() {
    _ = decodePending()
    decoder.abandon(dropsEscape: true)
    scheduleTimer()
  }

  /// Everything typed until now. It waits for the end of a partial sequence, for at most `sequenceSilence`: otherwise
  /// the rest would go to the program that reads the terminal next.
  func drainWhole() -> [TerminalEvent] {
    var events = decodePending()
    guard let deadline = decoder.deadline else { return events }
    read(until: min(deadline, .now + InputDecoder.sequenceSilence)) { more in
      events += more
      return decoder.deadline != nil
    }
    return events
  }

  private func decodePending() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    // At most what a terminal buffers: input that never ends is not waited for.
    var count = 0
    while count < 1 << 16, hasInput, case .bytes(let bytes) = read() {
      events += decoder.decode(bytes, at: MainLoop.arrival)
      count += bytes.count
    }
    return events
  }

  /// Reads input at once until the deadline, as long as the caller wants more. Blocks the thread.
  func read(until deadline: ContinuousClock.Instant, while isWaiting: ([TerminalEvent]) -> Bool) {
    while true {
      let rest = ContinuousClock.now.duration(to: deadline)
      guard rest > .zero else { return }
      var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = Glibc.poll(&poll, 1, Int32(rest / .milliseconds(1)) + 1)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return }
      switch read() {
      case .bytes(let bytes): guard isWaiting(decoder.decode(bytes, at: .now)) else { return }
      case .nothing: break
      case .closed: return
      }
    }
  }

  private enum Reading {
    case bytes([UInt8])
    case nothing, closed
  }

  private func readAvailable() {
    switch read() {
    case .bytes(let bytes):
      let events = decoder.decode(bytes, at: MainLoop.arrival)
      scheduleTimer()
      if !events.isEmpty { onEvents(events) }
    case .nothing:
      break
    case .closed:
      stop()
      onClosed()
    }
  }

  private func read() -> Reading {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, initialized in
      count = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      initialized = max(0, count)
    }
    if count > 0 { return .bytes(bytes) }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .closed
  }

  private var hasInput: Bool {
    var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) > 0 && poll.revents & Int16(POLLIN) != 0
  }

  private func scheduleTimer() {
    timer?.cancel()
    timer = nil
    guard let deadline = decoder.deadline else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    let rest = ContinuousClock.now.duration(to: deadline)
    timer.schedule(deadline: .now() + .nanoseconds(max(0, Int(rest / .nanoseconds(1)))), leeway: .milliseconds(1))
    timer.setEventHandler { [weak self] in
      MainActor.assumeIsolated { self?.settle() }
    }
    timer.activate()
    self.timer = timer
  }

  private func settle() {
    // Input that is available now is assumed to have arrived before the deadline.
    if hasInput { return readAvailable() }
    let events = decoder.settle(at: .now)
    scheduleTimer()
    if !events.isEmpty { onEvents(events) }
  }
}
