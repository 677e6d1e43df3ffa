/// How many columns text takes, and the one place that turns text into cells.
///
/// The columns of a scalar come from outside, because the terminal's C library and locale decide them; see
/// `TextWidth.builtIn` for a table that needs neither.
public struct TextWidth: Sendable {
  /// Columns of one scalar: 0, 1 or 2, or -1 where it can't be shown.
  public typealias Measure = @Sendable (Unicode.Scalar) -> Int

  private let measure: Measure

  public init(measure: @escaping Measure) {
    self.measure = measure
  }
}
