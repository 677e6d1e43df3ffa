/// Owns tasks, and announces changes of state that a screen may show.
///
/// The console draws once for any number of announcements; tests wait for `idle()` instead of sleeping.
@MainActor
public final class Activity {
  /// Called on every change of state; the console asks for one redraw.
  public var onChange: (@MainActor () -> Void)?

  private let clock: any Clock<Duration>
  private var tasksInFlight = 0
  /// The tasks in flight or waiting for their delay.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var taskCount = 0
  private(set) var isStopped = false
  private var atStop: [@MainActor () -> Void] = []
  private var idleWaiters: [CheckedContinuation<Void, Never>] = []
  private var waiting: Task<Void, Never>?

  /// - Parameter clock: for announcements while tasks are in flight, so that the duration of a wait can be shown.
  public init(clock: any Clock<Duration> = ContinuousClock()) {
    self.clock = clock
  }

  /// Announces a change of state.
  public func changed() {
    onChange?()
  }

  /// Starts a task, which is in flight until the work returns. After `stop()`, nothing is started.
  @discardableResult
  public func run(_ work: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
    guard !isStopped else { return Task {} }
    tasksInFlight += 1
    if tasksInFlight == 1 { showWaits() }
    return own {
      await work()
      self.ended()
    }
  }

  /// Starts work after a delay; the task is in flight only after the delay, and cancelling it drops the work.
  public func run(
    after rest: Duration, on clock: any Clock<Duration>, _ work: @escaping @MainActor () async -> Void
  ) -> Task<Void, Never> {
    guard !isStopped else { return Task {} }
    return own { [weak self] in
      do {
        try await clock.sleep(for: rest)
      } catch {
        return
      }
      guard !Task.isCancelled else { return }
      await self?.run(work).value
    }
  }

  /// Ends all tasks for good: those in flight are cancelled without waiting, delayed ones are dropped, and nothing is
  /// started or announced any more.
  public func stop() {
    isStopped = true
    onChange = nil
    waiting?.cancel()
    waiting = nil
    for task in tasks.values { task.cancel() }
    for work in atStop { work() }
    atStop = []
  }

  /// Calls `work` on `stop()`, or at once if it was already called.
  func whenStopped(_ work: @escaping @MainActor () -> Void) {
    if isStopped { work() } else { atStop.append(work) }
  }

  private func own(_ work: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
    taskCount += 1
    let number = taskCount
    let task = Task { [weak self] in
      await work()
      self?.tasks[number] = nil
    }
    tasks[number] = task
    return task
  }

  /// Waits until no task is in flight. Delayed work doesn't count before its time.
  public func idle() async {
    guard tasksInFlight > 0 else { return }
    await withCheckedContinuation { idleWaiters.append($0) }
  }

  /// Announces changes while tasks are in flight, so that waits are shown: every 300 ms at first, then every second.
  private func showWaits() {
    waiting = Task { [clock, weak self] in
      var ticks = 0
      while (try? await clock.sleep(for: ticks < 10 ? .milliseconds(300) : .seconds(1))) != nil {
        ticks += 1
        self?.changed()
      }
    }
  }

  private func ended() {
    tasksInFlight -= 1
    guard tasksInFlight == 0 else { return }
    waiting?.cancel()
    waiting = nil
    let waiters = idleWaiters
    idleWaiters = []
    for waiter in waiters { waiter.resume() }
  }
}
