/// Whether this machine and the service agree on the time, which tokens and certificates depend on.
struct ClockCheck {
  let finding: Finding

  private static let tolerance: Duration = .seconds(60)

  /// - Parameter skew: how far the service's clock is ahead; `nil` where it didn't say.
  init(_ skew: Duration?) {
    guard let skew else {
      finding = .skipped("clock", "The service doesn't say what time it has.")
      return
    }
    let seconds = skew.components.seconds.magnitude
    guard seconds > Self.tolerance.components.seconds else {
      finding = .ok("clock", "Within \(seconds + 1) s of the service's.")
      return
    }
    finding = .warning(
      "clock", "This machine's clock is \(seconds) s \(skew > .zero ? "behind" : "ahead of") the service's.",
      advice: "Set it, since tokens and certificates depend on it: timedatectl set-ntp true")
  }
}
