import CGlobalExecutor
import Dispatch
import NcursesTerminal

/// Where everything runs that belongs to no actor: a thread that is there when there is work.
///
/// Swift runs such jobs on libdispatch's global queues, and libdispatch on Linux watches the load of these: from the first
/// job on, it wakes the process every second for ever. A queue of our own is not watched, so that the console does nothing
/// at idle. Sleeping (`TimerClock`) and yielding go past this.
enum BackgroundQueue {
  private static let queue = DispatchQueue(label: "background", qos: .userInitiated)

  /// Takes over all jobs. Call it before the first one.
  static func install() {
    cge_take_jobs { job in
      BackgroundQueue.queue.async {
        NcursesTerminal.coverThread()
        cge_run(job)
      }
    }
  }
}
