import CGlobalExecutor
import Dispatch
import NcursesTerminal
import Synchronization

/// Where everything runs that belongs to no actor: a few threads that are there when there is work.
///
/// Swift runs such jobs on libdispatch's global queues, and libdispatch on Linux watches the load of these: from the first
/// job on, it wakes the process every second for ever. Queues of our own are not watched, so that the console does nothing
/// at idle. Sleeping (`TimerClock`) and yielding go past this.
enum BackgroundQueue {
  /// Each with a thread of its own, so that a long list being read holds up nothing: not the rows of it that came already.
  private static let queues = (1...3).map { DispatchQueue(label: "background \($0)", qos: .userInitiated) }
  /// How many jobs each has, those that run included.
  private static let loads = Mutex(queues.map { _ in 0 })

  /// Takes over all jobs. Call it before the first one.
  static func install() {
    cge_take_jobs { job in
      let index = BackgroundQueue.begin()
      BackgroundQueue.queues[index].async {
        NcursesTerminal.coverThread()
        cge_run(job)
        BackgroundQueue.end(index)
      }
    }
  }

  /// Chooses the queue with the least to do, the first where several have as little.
  private static func begin() -> Int {
    loads.withLock { loads in
      let index = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      loads[index] += 1
      return index
    }
  }

  private static func end(_ index: Int) {
    loads.withLock { $0[index] -= 1 }
  }
}
