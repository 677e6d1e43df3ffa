/// Owns the tasks of the view models and tells when something changed that a screen may show.
///
/// The console draws once however many changes were announced; tests wait for `idle()` instead of sleeping.
@MainActor
public final class Activity {
  /// Called on every change of state; the console asks for one redraw.
  public var onChange: (@MainActor () -> Void)?

  private let clock: any Clock<Duration>
  private var tasksInFlight = 0
  /// Those in flight and those that rest.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var taskCount = 0
  private(set) var isStopped = false
  private var atStop: [@MainActor () -> Void] = []
  private var idleWaiters: [CheckedContinuation<Void, Never>] = []
  private var waiting: Task<Void, Never>?

  /// - Parameter clock: for waking while something is in flight, so that a wait can be seen.
  public init(clock: any Clock<Duration> = ContinuousClock()) {
    self.clock = clock
  }

  /// Announces that something changed.
  public func changed() {
    onChange?()
  }

  /// Starts work that counts as in flight until it returns. After `stop()` nothing starts any more.
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

  /// Starts work after a rest on the clock; it counts as in flight from then on, and cancelling drops it.
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

  /// Ends everything for good: what is in flight is cancelled and not waited for, what rests is dropped, nothing starts
  /// and no change is announced any more.
  public func stop() {
    isStopped = true
    onChange = nil
    waiting?.cancel()
    waiting = nil
    for task in tasks.values { task.cancel() }
    for work in atStop { work() }
    atStop = []
  }

  /// Calls `work` when everything is ended; at once where that was before.
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

  /// Returns when no task is in flight. Work that waits for its time on the clock doesn't count.
  public func idle() async {
    guard tasksInFlight > 0 else { return }
    await withCheckedContinuation { idleWaiters.append($0) }
  }

  /// While something is in flight, a screen may have to say for how long: first after 300 ms, later by the second.
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
