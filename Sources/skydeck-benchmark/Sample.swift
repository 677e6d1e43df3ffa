/// Values of one figure, measured again and again.
struct Sample {
  private var values: [Double] = []

  mutating func add(_ value: Double) {
    values.append(value)
  }

  mutating func add(_ value: Duration?) {
    if let value { add(value / .milliseconds(1)) }
  }

  var count: Int { values.count }
  var median: Double { quantile(0.5) }
  var p99: Double { quantile(0.99) }

  /// By nearest rank; not a number where nothing was measured.
  private func quantile(_ fraction: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let rank = (Double(values.count) * fraction).rounded(.up)
    return values.sorted()[max(0, min(values.count, Int(rank)) - 1)]
  }
}
