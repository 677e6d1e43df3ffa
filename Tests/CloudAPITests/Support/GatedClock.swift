/// A clock on which every wait lasts until a gate is opened, so that a test decides when time runs out.
struct GatedClock: Clock {
  private let continuous = ContinuousClock()
  private let gate: Signal

  init(until gate: Signal) {
    self.gate = gate
  }

  var now: ContinuousClock.Instant { continuous.now }
  var minimumResolution: Duration { continuous.minimumResolution }

  func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
    await gate.wait()
    try Task.checkCancellation()
  }
}
