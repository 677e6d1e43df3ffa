import CDispatchMain
import CNcurses
import Glibc

/// The main thread's loop: it waits for descriptors that somebody watches, and for jobs of the main actor.
///
/// Without it, libdispatch waits on one thread and wakes another one for each key, which it may have to start first.
/// Here the thread that a key wakes is the one that draws what the key changed.
@MainActor
public enum MainLoop {
  /// A descriptor that is waited for, until it is cancelled.
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

  /// The processor time that the longest turn took, from when the thread was woken until it waited again; without the
  /// first turn, which begins everything. Meanwhile nothing else is answered.
  public private(set) static var longestTurn = Duration.zero

  /// When what can be read now came at the earliest: while this thread was busy, nobody saw it come.
  private(set) static var arrival = ContinuousClock.now

  /// Begins with `work` and goes on until the process exits. To be called once, on the main thread.
  public static func run(_ work: @escaping @MainActor () async -> Void) -> Never {
    Task { await work() }
    let queue = cdm_main_queue_handle()
    var isFirst = true
    var lastWoken = ContinuousClock.now
    while true {
      let waiting = watches
      var polls = [pollfd(fd: queue, events: Int16(POLLIN), revents: 0)]
      for watch in waiting { polls.append(pollfd(fd: watch.descriptor, events: watch.events, revents: 0)) }
      // Interrupted by a signal, it is called again.
      let asked = ContinuousClock.now
      guard poll(&polls, nfds_t(polls.count), -1) > 0 else { continue }
      let woken = ContinuousClock.now
      // Where nothing was waited for, it came during the last turn, which began when that was woken.
      arrival = asked.duration(to: woken) > .milliseconds(1) ? woken : lastWoken
      lastWoken = woken
      let begun = processorTime
      for (watch, poll) in zip(waiting, polls.dropFirst()) where poll.revents != 0 && !watch.isCancelled {
        // One that was closed would be ready for ever.
        if poll.revents & Int16(POLLNVAL) != 0 { watch.cancel() }
        watch.handler()
      }
      if polls[0].revents != 0 { drain(queue) }
      if !isFirst { longestTurn = max(longestTurn, processorTime - begun) }
      isFirst = false
    }
  }

  /// What this thread has used until now.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Has `handler` called whenever a descriptor can be read, has ended or failed.
  static func watch(reading descriptor: Int32, _ handler: @escaping @MainActor () -> Void) -> Watch {
    watch(descriptor, Int16(POLLIN), handler)
  }

  /// Has `handler` called whenever a descriptor can be written to, or failed.
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
    // What is put into the queue from now on makes it ready again.
    read(queue, &count, MemoryLayout.size(ofValue: count))
    cdm_drain_main_queue()
  }
}

/// Signals as events of the main loop, through a pipe that a handler in C writes to.
///
/// Dispatch's own signal sources lose signals on Linux: it learns of one asynchronously, after `signal` was told to ignore it,
/// and it needs every thread to block it. The shim's state is one static variable a file: nothing else may call these
/// functions.
@MainActor
final class SignalPipe {
  private let signals: [Int32]
  private let descriptor: Int32
  private let watch: MainLoop.Watch

  /// Catches `signals` from now on; none is lost that comes after this.
  init?(_ signals: [Int32], handler: @escaping @MainActor (Int32) -> Void) {
    descriptor = cnc_signal_pipe()
    guard descriptor >= 0 else { return nil }
    self.signals = signals
    for number in signals { cnc_signal_catch(number) }
    watch = MainLoop.watch(reading: descriptor) { [descriptor] in
      // Several of a kind at once, as when a window's edge is dragged, say no more than one.
      var handled: Set<UInt8> = []
      for number in Self.read(descriptor) where handled.insert(number).inserted { handler(Int32(number)) }
    }
  }

  /// Gives the signals their default actions, all but SIGHUP: it follows a terminal that was closed, maybe only now, and
  /// must not end in its own way a program that is ending already.
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
