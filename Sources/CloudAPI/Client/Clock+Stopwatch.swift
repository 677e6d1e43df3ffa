extension Clock<Duration> {
  /// Starts to measure, and returns what tells the time since.
  package func stopwatch() -> @Sendable () -> Duration {
    let start = now
    return { start.duration(to: now) }
  }
}
