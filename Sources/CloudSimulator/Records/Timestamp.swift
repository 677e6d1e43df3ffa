import FoundationEssentials

/// A moment in UTC in microseconds, written as the service writes dates: `2019-05-23T13:07:17.123456Z`.
struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  var microseconds: Int

  init(microseconds: Int) {
    self.microseconds = microseconds
  }

  init(_ date: Date) {
    microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded())
  }

  static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
    lhs.microseconds < rhs.microseconds
  }

  func adding(days: Int) -> Timestamp {
    Timestamp(microseconds: microseconds + days * Self.perDay)
  }
}

extension Timestamp: JSONWritable {
  func write(to writer: inout JSONWriter) {
    var days = microseconds / Self.perDay
    if microseconds % Self.perDay < 0 { days -= 1 }
    let inDay = microseconds - days * Self.perDay
    let (year, month, day) = Self.civilDate(daysSince1970: days)
    let seconds = inDay / 1_000_000
    let fraction = inDay % 1_000_000

    writer.append(literal: "\"")
    writer.append(number: year, digits: 4)
    writer.append(literal: "-")
    writer.append(number: month, digits: 2)
    writer.append(literal: "-")
    writer.append(number: day, digits: 2)
    writer.append(literal: "T")
    writer.append(number: seconds / 3600, digits: 2)
    writer.append(literal: ":")
    writer.append(number: seconds / 60 % 60, digits: 2)
    writer.append(literal: ":")
    writer.append(number: seconds % 60, digits: 2)
    if fraction != 0 {
      writer.append(literal: ".")
      writer.append(number: fraction, digits: 6)
    }
    writer.append(literal: "Z\"")
  }

  private static let perDay = 86_400_000_000

  /// Howard Hinnant's `civil_from_days` for the proleptic Gregorian calendar, without a calendar object per date.
  private static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}

extension JSONWriter {
  /// Appends a number with leading zeros.
  fileprivate mutating func append(number: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(byte: UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
