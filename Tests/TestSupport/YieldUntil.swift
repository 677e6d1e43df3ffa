/// Lets other tasks run until a condition holds, or until the test's time is over; then the test's next expectation
/// reports the failure.
///
/// - Parameter action: run each time before other tasks run.
public nonisolated(nonsending) func yield(until condition: @autoclosure () -> Bool, _ action: () -> Void = {}) async {
  while !Task.isCancelled, !condition() {
    action()
    await Task.yield()
  }
}
