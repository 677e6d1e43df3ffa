import CGlobalExecutor
import Dispatch
import NcursesTerminal
import Synchronization

/// Runs jobs that belong to no actor on a few threads, which exist while there is work.
///
/// Swift runs such jobs on libdispatch's global queues, whose load libdispatch monitors on Linux: from the first job
/// on, it wakes the process every second forever. Private queues are not monitored, so that the console does nothing
/// when idle. Sleeping (`TimerClock`) and yielding bypass this.
enum BackgroundQueue {
  /// Each queue has its own thread, so that reading a long list blocks nothing, not even the rows that have arrived.
  private static let queues = (1...3).map { DispatchQueue(label: "background \($0)", qos: .userInitiated) }
  /// The number of jobs of each queue, including those that are running.
  private static let loads = Mutex(queues.map { _ in 0 })

  /// Takes over all jobs. Call it before the first one.
  static func install() {
    // Without it, the people of 1,000 clouds took 260 MB instead of 160.
    cge_share_memory()
    cge_take_jobs { job in
      let index = BackgroundQueue.begin()
      BackgroundQueue.queues[index].async {
        NcursesTerminal.coverThread()
        cge_run(job)
        BackgroundQueue.end(index)
      }
    }
  }

  /// Selects the queue with the fewest jobs, the first one of several.
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
