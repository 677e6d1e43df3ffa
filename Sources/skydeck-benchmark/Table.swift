/// Figures beside those of the references, as plain text.
struct Table {
  /// The goal for a figure.
  enum Goal {
    case atMost(Double)
    /// At most so many times the figure in another column; 1 is the first reference.
    case ratio(Double, to: Int = 1)
  }

  private enum Line {
    case section(String)
    case row(String, [String])
  }

  private var lines: [Line] = []

  /// - Parameter references: the further columns, each followed by the ratio of the subject's figure to it.
  init(subject: String, references: [String]) {
    lines = [.row("", ["goal", subject] + references.flatMap { [$0, "ratio"] })]
  }

  mutating func section(_ title: String) {
    lines.append(.section(title))
  }

  /// - Parameter values: the subject's figure, then the references'.
  mutating func row(_ label: String, _ values: [Double], decimals: Int = 0, goal: Goal? = nil) {
    guard let subject = values.first else { return }
    let cells = values.dropFirst().flatMap { reference in
      [Self.text(reference, decimals), Self.ratio(subject, reference)]
    }
    lines.append(.row(label, [Self.text(goal, met: values, decimals), Self.text(subject, decimals)] + cells))
  }

  mutating func row(_ label: String, _ values: [Bool]) {
    let texts = values.map { $0 ? "yes" : "NO" }
    lines.append(.row(label, ["yes"] + texts.prefix(1) + texts.dropFirst().flatMap { [$0, ""] }))
  }

  var text: String {
    lines.map { line in
      switch line {
      case .section(let title): "\n\(title)"
      case .row(let label, let cells): render(label, cells)
      }
    }.joined(separator: "\n")
  }

  private func render(_ label: String, _ cells: [String]) -> String {
    let padding = String(repeating: " ", count: max(0, labelColumns - label.count))
    let columns = zip(cells, cellColumns).map { cell, columns in
      String(repeating: " ", count: max(0, columns - cell.count)) + cell
    }
    return "  " + label + padding + "  " + columns.joined(separator: "  ")
  }

  private var labelColumns: Int {
    rows.map(\.label.count).max() ?? 0
  }

  private var cellColumns: [Int] {
    let count = rows.map(\.cells.count).max() ?? 0
    return (0..<count).map { index in
      rows.compactMap { index < $0.cells.count ? $0.cells[index].count : nil }.max() ?? 0
    }
  }

  private var rows: [(label: String, cells: [String])] {
    lines.compactMap { line in
      if case .row(let label, let cells) = line { (label, cells) } else { nil }
    }
  }

  /// `≤ 35`, or `≤ 2.5 ×`; preceded by `!` if the goal isn't met.
  private static func text(_ goal: Goal?, met values: [Double], _ decimals: Int) -> String {
    switch goal {
    case nil: return ""
    case .atMost(let limit):
      return (values[0] <= limit ? "≤ " : "! ≤ ") + text(limit, limit == limit.rounded() ? 0 : decimals)
    case .ratio(let limit, let place):
      guard values.indices.contains(place) else { return "" }
      return (values[0] <= limit * values[place] ? "≤ " : "! ≤ ") + text(limit, 1) + " ×"
    }
  }

  private static func ratio(_ value: Double, _ reference: Double) -> String {
    if value == reference { return "1.0" }
    return value.isFinite && reference > 0 ? text(value / reference, 1) : "–"
  }

  private static func text(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int((value.magnitude * scale).rounded())
    let sign = value < 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % Int(scale))
    return "\(sign)\(scaled / Int(scale)).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
  }
}

/// The values of one figure in repeated measurements.
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
  var maximum: Double { quantile(1) }

  /// The quantile by nearest rank; NaN if nothing was measured.
  private func quantile(_ fraction: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let rank = (Double(values.count) * fraction).rounded(.up)
    return values.sorted()[max(0, min(values.count, Int(rank)) - 1)]
  }
}
