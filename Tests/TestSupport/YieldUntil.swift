/// Lets others run until they have brought a state about, or until the test's time is over: what the test expects next then
/// says that it isn't there.
///
/// - Parameter action: done each time before others run.
public nonisolated(nonsending) func yield(until condition: @autoclosure () -> Bool, _ action: () -> Void = {}) async {
  while !Task.isCancelled, !condition() {
    action()
    await Task.yield()
  }
}
