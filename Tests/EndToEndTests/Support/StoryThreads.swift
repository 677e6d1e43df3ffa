import Dispatch
import Synchronization
import Testing

/// Runs each story on one of a few separate threads.
///
/// A story blocks while it waits for the program. On Swift's own threads, one for each core, it would delay the tests
/// of all other targets until their time limits. Only a few run at a time, because each story is two programs.
/// targets waiting, and with it their time limits. A few at a time, because each story is two programs.
struct StoryThreads: TestTrait, SuiteTrait, TestScoping {
  private static let threads = (1...3).map { StoryThread(number: $0) }
  private static let next = Atomic(0)

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let number = Self.next.add(1, ordering: .relaxed).oldValue
    try await withTaskExecutorPreference(Self.threads[number % Self.threads.count]) { try await function() }
  }
}

extension Trait where Self == StoryThreads {
  /// Runs on a thread that may block.
  static var story: Self { StoryThreads() }
}

private final class StoryThread: TaskExecutor {
  private let queue: DispatchQueue

  init(number: Int) {
    queue = DispatchQueue(label: "story \(number)")
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
