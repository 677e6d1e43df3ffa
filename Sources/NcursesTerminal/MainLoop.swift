import CDispatchMain
import CNcurses
import Glibc

/// The main thread's loop: it waits for watched descriptors and for jobs of the main actor.
///
/// Without it, libdispatch waits on one thread and wakes another for each key, which it may have to start first. Here a
/// key wakes the thread that also draws the change.
@MainActor
public enum MainLoop {
  /// A descriptor that is watched until the watch is cancelled.
  @MainActor
  final class Watch {
    fileprivate let descriptor: Int32
    fileprivate let events: Int16
    fileprivate let handler: @MainActor () -> Void
    fileprivate var isCancelled = false

    fileprivate init(_ descriptor: Int32, _ events: Int16, _ handler: @escaping @MainActor () -> Void) {
      self.descriptor = descriptor
      self.events = events
      self.handler = handler
    }

    func cancel() {
      guard !isCancelled else { return }
      isCancelled = true
      watches.removeAll { $0 === self }
    }
  }

  private static var watches: [Watch] = []

  /// The processor time of the longest turn, from waking the thread until it waits again; without the first turn, which
  /// includes startup. During a turn nothing else is handled.
  public private(set) static var longestTurn = Duration.zero

  /// The earliest time at which the available input arrived: it may have come while this thread was busy.
  private(set) static var arrival = ContinuousClock.now

  /// Starts `work` and runs until the process exits. Call it once, on the main thread.
  public static func run(_ work: @escaping @MainActor () async -> Void) -> Never {
    Task { await work() }
    let queue = cdm_main_queue_handle()
    var isFirst = true
    var lastWoken = ContinuousClock.now
    while true {
      let waiting = watches
      var polls = [pollfd(fd: queue, events: Int16(POLLIN), revents: 0)]
      for watch in waiting { polls.append(pollfd(fd: watch.descriptor, events: watch.events, revents: 0)) }
      // If a signal interrupts poll, it is called again.
      let asked = ContinuousClock.now
      guard poll(&polls, nfds_t(polls.count), -1) > 0 else { continue }
      let woken = ContinuousClock.now
      // If poll didn't wait, the input came during the last turn, which began when the thread was last woken.
      arrival = asked.duration(to: woken) > .milliseconds(1) ? woken : lastWoken
      lastWoken = woken
      let begun = processorTime
      for (watch, poll) in zip(waiting, polls.dropFirst()) where poll.revents != 0 && !watch.isCancelled {
        // A closed descriptor would always be ready.
        if poll.revents & Int16(POLLNVAL) != 0 { watch.cancel() }
        watch.handler()
      }
      if polls[0].revents != 0 { drain(queue) }
      if !isFirst { longestTurn = max(longestTurn, processorTime - begun) }
      isFirst = false
    }
  }

  /// The processor time that this thread has used.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Calls `handler` whenever a descriptor is readable, has ended or failed.
  static func watch(reading descriptor: Int32, _ handler: @escaping @MainActor () -> Void) -> Watch {
    watch(descriptor, Int16(POLLIN), handler)
  }

  /// Calls `handler` whenever a descriptor is writable or has failed.
  static func watch(writing descriptor: Int32, _ handler: @escaping @MainActor () -> Void) -> Watch {
    watch(descriptor, Int16(POLLOUT), handler)
  }

  private static func watch(
    _ descriptor: Int32, _ events: Int16, _ handler: @escaping @MainActor () -> Void
  ) -> Watch {
    let watch = Watch(descriptor, events, handler)
    watches.append(watch)
    return watch
  }

  private static func drain(_ queue: Int32) {
    var count: UInt64 = 0
    // Jobs added from now on make the queue ready again.
    read(queue, &count, MemoryLayout.size(ofValue: count))
    cdm_drain_main_queue()
  }
}

/// Signals as events of the main loop, through a pipe that a C handler writes to.
///
/// Dispatch's own signal sources lose signals on Linux: they learn of one asynchronously, after `signal` was told to
/// ignore it, and need every thread to block it. The shim's state is one static variable per file: only this file may
/// call its functions.
@MainActor
final class SignalPipe {
  private let signals: [Int32]
  private let descriptor: Int32
  private let watch: MainLoop.Watch

  /// Catches `signals` from now on; none that comes later is lost.
  init?(_ signals: [Int32], handler: @escaping @MainActor (Int32) -> Void) {
    descriptor = cnc_signal_pipe()
    guard descriptor >= 0 else { return nil }
    self.signals = signals
    for number in signals { cnc_signal_catch(number) }
    watch = MainLoop.watch(reading: descriptor) { [descriptor] in
      // Several signals of a kind at once, as when a window is resized, are handled as one.
      var handled: Set<UInt8> = []
      for number in Self.read(descriptor) where handled.insert(number).inserted { handler(Int32(number)) }
    }
  }

  /// Restores the default actions, except for SIGHUP, which is ignored: it follows when a terminal was closed, perhaps
  /// only now, and must not interrupt a program that is already ending.
  func cancel() {
    for number in signals { signal(number, number == SIGHUP ? SIG_IGN : SIG_DFL) }
    watch.cancel()
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
  }
}
