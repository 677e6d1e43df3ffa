/// Durations as people write them: `500ms`, `30s`, `5m`, `1h`.
public enum DurationText {
  private static let units: [(suffix: String, milliseconds: Int)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
  ]

  /// - Returns: `nil` for what is no duration: a number without a unit, a negative one, one of more than a year.
  public static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = units.first { $0.suffix == text.dropFirst(digits.count) }
    guard let unit, let number = Int(digits), number <= 31_536_000_000 / unit.milliseconds else { return nil }
    return .milliseconds(number * unit.milliseconds)
  }

  /// The shortest way to write it, to the millisecond.
  public static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    let unit =
      units.last { milliseconds.isMultiple(of: $0.milliseconds) && milliseconds >= $0.milliseconds } ?? units[0]
    return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
  }
}
