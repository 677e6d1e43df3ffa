import CloudAPI
import CloudChanges
import FoundationEssentials

/// What a filter compares the values of a column with.
enum FilterTarget: Hashable, Sendable {
  /// The numbers that read like what is written: seconds since 1970, bytes, percentages, the numbers of roles.
  case span(Range<Double>)
  /// Text, folded for comparison.
  case text(String)
  /// No value at all.
  case missing
  /// The start of a text, folded for comparison, or numbers.
  ///
  /// - Parameter isCompact: whether blanks don't matter.
  case beginning(String, isCompact: Bool, or: Range<Double>?)

  /// - Returns: `nil` if the value can't be read.
  init?(_ value: String, of kind: ColumnKind, isQuoted: Bool) {
    let folded = Self.folded(value)
    guard !folded.isEmpty else {
      guard isQuoted, value.isEmpty else { return nil }
      self = .missing
      return
    }
    let span: Range<Double>?
    switch kind {
    case .name, .text, .email, .link, .state, .id, .references:
      self = .text(folded)
      return
    case .bytes: span = Self.bytes(folded)
    case .date: span = Self.dates(folded)
    case .role: span = Self.role(folded).map { Double($0.rawValue) }.map { $0..<($0 + 1) }
    case .flag: span = ["yes": 1, "true": 1, "no": 0, "false": 0][folded].map { $0..<($0 + 1) }
    case .number: span = Decimal(folded)?.rounding
    case .percent: span = Self.percentages(folded)
    }
    guard let span else { return nil }
    self = .span(span)
  }

  /// What a value that is still being typed is compared with.
  ///
  /// - Parameter whole: the target if nothing more is typed.
  static func beginning(with value: String, of kind: ColumnKind, orAs whole: FilterTarget?) -> FilterTarget {
    let isCompact =
      switch kind {
      case .name, .text, .email, .link, .state, .id, .references: false
      case .bytes, .date, .role, .flag, .number, .percent: true
      }
    let folded = isCompact ? compact(folded(value)) : folded(value)
    if case .span(let span) = whole { return .beginning(folded, isCompact: isCompact, or: span) }
    return .beginning(folded, isCompact: isCompact, or: nil)
  }

  /// Whether more typing can make something of a value that can be read: numbers begin with a digit.
  static func mayBegin(with value: String, of kind: ColumnKind) -> Bool {
    switch kind {
    case .bytes, .number, .percent:
      folded(value).first.map { $0.isASCII && ($0.isNumber || "+-.".contains($0)) } ?? true
    case .name, .text, .email, .link, .state, .id, .references, .date, .role, .flag: true
    }
  }

  /// The text for comparing whole values: folded, with each run of blanks as one blank.
  static func folded(_ text: String) -> String {
    SearchFold.fold(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func compact(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}

// MARK: - Reading

/// A number as it is written.
private struct Decimal {
  let value: Double
  /// How many digits follow the point.
  let decimals: Int

  /// Accepts digits with a sign before them and a point in them.
  init?(_ text: some StringProtocol) {
    var digits = text[...]
    if digits.first == "-" || digits.first == "+" { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 <= 9 } }),
      let value = Double(String(text)), value.isFinite
    else { return nil }
    self.value = value
    decimals = parts.count == 2 ? parts[1].utf8.count : 0
  }

  /// One in the last digit that is written.
  var unit: Double { (0..<decimals).reduce(1) { unit, _ in unit / 10 } }

  /// The numbers that round to it.
  var rounding: Range<Double> { Self.range(value - unit / 2, value + unit / 2) }

  /// The numbers of which it is the beginning.
  var truncation: Range<Double> { Self.range(value, value + unit) }

  /// A range that isn't empty, however close the bounds are.
  static func range(_ lower: Double, _ upper: Double) -> Range<Double> { lower..<max(upper, lower.nextUp) }
}

extension FilterTarget {
  private static let units: [[String]] = [
    ["", "b", "byte", "bytes"], ["k", "kb", "kib"], ["m", "mb", "mib"], ["g", "gb", "gib"], ["t", "tb", "tib"],
  ]

  /// Sizes such as `1.2 tb`: what is shown so, or what rounds to it where more digits are written than are shown.
  private static func bytes(_ text: String) -> Range<Double>? {
    let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).drop { $0.isWhitespace }
    guard let power = units.firstIndex(where: { $0.contains(String(unit)) }), let decimal = Decimal(number),
      power > 0 || decimal.decimals == 0
    else { return nil }
    let scale = (0..<power).reduce(1.0) { scale, _ in scale * 1024 }
    let wanted = decimal.value * scale
    if wanted == 0 { return 0..<1 }
    let shownDecimals = decimal.value < 10 && power > 0 ? 1 : 0
    if decimal.decimals <= shownDecimals, power > 0, wanted < 0x1p62 {
      let size = Int64(wanted.rounded())
      let shown = ByteText.format(size)
      let isShownSo =
        shown.lowercased().hasSuffix(" \(units[power][1])")
        && Double(shown.prefix { $0 != " " }) == decimal.value
      if isShownSo {
        let first = firstSize(from: 0, to: size) { ByteText.format($0) == shown }
        let next = firstSize(from: size, to: Int64(wanted * 2)) { ByteText.format($0) != shown }
        return Double(first)..<Double(next)
      }
    }
    let unitSize = decimal.unit * scale
    return Decimal.range(wanted - unitSize / 2, wanted + unitSize / 2)
  }

  /// The first size that satisfies a condition, which all greater ones do, too.
  private static func firstSize(from: Int64, to: Int64, where holds: (Int64) -> Bool) -> Int64 {
    var (low, high) = (from, to)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Percentages such as `80`, `80 %` and `full`; they are shown rounded down.
  private static func percentages(_ text: String) -> Range<Double>? {
    if text == "full" { return 100..<101 }
    let number = text.last == "%" ? text.dropLast() : text[...]
    return Decimal(String(number).trimmingBlanks())?.truncation
  }

  private static func role(_ text: String) -> Role? {
    let known: [Role] = [.admin, .user, .guest]
    if let role = known.first(where: { folded(RoleText.title($0)) == text }) { return role }
    let number = text.hasPrefix("role ") ? text.dropFirst(5) : text[...]
    return Int(number).map(Role.init(rawValue:))
  }
}

// MARK: - Dates

extension FilterTarget {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Dates in UTC such as `2024`, `2024-03`, `2024-03-05`, `2024-03-05t13:04:35z`, and `mar 2024` as rows show them: from
  /// the first moment that is written so to the first of the next.
  private static func dates(_ text: String) -> Range<Double>? {
    let words = text.split(separator: " ")
    if words.count == 2, let month = months.firstIndex(of: String(words[0])), let year = number(words[1], digits: 4) {
      return Self.month(month + 1, of: year)
    }
    guard let time = text.firstIndex(where: { $0 == "t" || $0 == " " }) else { return days(text) }
    return moments(on: text[..<time], at: text[text.index(after: time)...])
  }

  private static func days(_ text: some StringProtocol) -> Range<Double>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let year = number(parts[0], digits: 4), year > 0 else { return nil }
    guard parts.count > 1 else {
      return seconds(year, 1, 1).flatMap { start in range(from: start, to: seconds(year + 1, 1, 1)) }
    }
    guard let month = number(parts[1], digits: 2) else { return nil }
    guard parts.count > 2 else { return Self.month(month, of: year) }
    return number(parts[2], digits: 2).flatMap { seconds(year, month, $0) }.map { $0..<($0 + 86_400) }
  }

  private static func month(_ month: Int, of year: Int) -> Range<Double>? {
    seconds(year, month, 1).flatMap { start in
      range(from: start, to: month == 12 ? seconds(year + 1, 1, 1) : seconds(year, month + 1, 1))
    }
  }

  /// A time of day with minutes or seconds, and with `z` or nothing behind it.
  private static func moments(on day: some StringProtocol, at time: some StringProtocol) -> Range<Double>? {
    guard day.utf8.count == 10, let start = days(day)?.lowerBound else { return nil }
    let clock = time.last == "z" ? time.dropLast() : time[...]
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { number($0, digits: 2) }
    guard numbers.count == parts.count, (2...3).contains(parts.count), numbers[0] < 24, numbers[1] < 60 else {
      return nil
    }
    let minute = start + Double(numbers[0] * 3_600 + numbers[1] * 60)
    guard parts.count == 3 else { return minute..<(minute + 60) }
    return numbers[2] < 60 ? (minute + Double(numbers[2]))..<(minute + Double(numbers[2]) + 1) : nil
  }

  private static func number(_ text: some StringProtocol, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
    return Int(text)
  }

  /// The seconds from 1970 to the start of a day; `nil` if there is no such day.
  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Double? {
    CivilTime(year: year, month: month, day: day).date?.timeIntervalSince1970
  }

  /// - Parameter end: `nil` behind the last year that dates can have.
  private static func range(from start: Double, to end: Double?) -> Range<Double>? {
    start..<(end ?? .greatestFiniteMagnitude)
  }
}
