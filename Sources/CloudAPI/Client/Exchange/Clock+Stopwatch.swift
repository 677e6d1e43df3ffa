extension Clock<Duration> {
  /// Starts measuring, and returns a function that returns the time elapsed since.
  package func stopwatch() -> @Sendable () -> Duration {
    let start = now
    return { start.duration(to: now) }
  }
}
