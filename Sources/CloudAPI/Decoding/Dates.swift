public import FoundationEssentials

/// Parses the dates of the API: ISO 8601 as Django REST framework writes it, with or without a fraction, in UTC or with
/// an offset. Foundation's formatters take ten times as long, which is noticeable in long lists.
enum ISO8601 {
  /// `nil` if the text isn't a date and time. A time without an offset is taken as UTC.
  static func parse(_ text: String) -> Date? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  /// Parses text in UTF-8.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Date? {
    var scanner = Scanner(bytes: bytes)
    return scanner.dateAndTime()
  }

  private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
      self.bytes = bytes
    }

    mutating func dateAndTime() -> Date? {
      guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
        let day = number(digits: 2)
      else { return nil }
      var time = CivilTime(year: year, month: month, day: day)
      if position == bytes.count { return time.date }

      guard skip("T") || skip("t") || skip(" "), let hour = number(digits: 2), skip(":"),
        let minute = number(digits: 2), skip(":"), let second = number(digits: 2)
      else { return nil }
      (time.hour, time.minute, time.second) = (hour, minute, second)
      guard let fraction = fraction(), let offset = offset(), position == bytes.count else { return nil }
      return time.date.map { $0 + fraction - Double(offset) }
    }

    /// In seconds; 0 if there is none.
    private mutating func fraction() -> Double? {
      guard skip(".") || skip(",") else { return 0 }
      var (value, scale) = (0.0, 1.0)
      let start = position
      while let digit = digit() {
        // Further digits don't change the date, and hundreds of them would give infinity divided by infinity.
        guard position - start <= 15 else { continue }
        value = value * 10 + Double(digit)
        scale *= 10
      }
      return position > start ? value / scale : nil
    }

    /// East of UTC, in seconds.
    private mutating func offset() -> Int? {
      if position == bytes.count || skip("Z") || skip("z") { return 0 }
      let sign = skip("+") ? 1 : skip("-") ? -1 : 0
      guard sign != 0, let hours = number(digits: 2), hours < 24 else { return nil }
      if position == bytes.count { return sign * hours * 3_600 }
      _ = skip(":")
      guard let minutes = number(digits: 2), minutes < 60 else { return nil }
      return sign * (hours * 3_600 + minutes * 60)
    }

    private mutating func number(digits: Int) -> Int? {
      let end = position + digits
      guard end <= bytes.count else { return nil }
      var value = 0
      while position < end {
        let digit = bytes[position] &- 0x30
        guard digit <= 9 else { return nil }
        value = value &* 10 &+ Int(digit)
        position += 1
      }
      return value
    }

    private mutating func digit() -> Int? {
      guard position < bytes.count, case let byte = bytes[position], (0x30...0x39).contains(byte) else { return nil }
      position += 1
      return Int(byte - 0x30)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }
  }
}

/// Parses the dates of HTTP header fields (RFC 9110, section 5.6.7): the form that all senders must write, and the two
/// older ones that all recipients must accept.
public enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameters:
  ///   - text: such as `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` (RFC 850) or
  ///     `Sun Nov  6 08:49:37 1994` (`asctime`).
  ///   - now: determines the century of a two-digit year: the date is at most 50 years ahead.
  public static func parse(_ text: String, now: Date = Date()) -> Date? {
    let words = text.split(separator: " ").map(String.init)
    switch words.count {
    case 6 where words[5] == "GMT":
      return date(day: words[1], month: words[2], year: Int(words[3]), time: words[4])
    case 4 where words[3] == "GMT":
      let parts = words[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, let year = Int(parts[2]) else { return nil }
      return date(day: parts[0], month: parts[1], year: parts[2].count == 2 ? full(year, now) : year, time: words[2])
    case 5:
      return date(day: words[2], month: words[1], year: Int(words[4]), time: words[3])
    default:
      return nil
    }
  }

  private static func date(day: String, month: String, year: Int?, time: String) -> Date? {
    let time = time.split(separator: ":").compactMap { Int($0) }
    guard let year, let day = Int(day), let month = months.firstIndex(of: month), time.count == 3 else { return nil }
    return CivilTime(
      year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: time[2]
    ).date
  }

  /// The latest year that ends in these two digits and is at most 50 years ahead.
  private static func full(_ year: Int, _ now: Date) -> Int {
    let present = 1970 + Int(now.timeIntervalSince1970 / (365.2425 * 86_400))
    let latest = present + 50
    return latest - (latest - year) % 100
  }
}

/// A date and time of day in UTC, before its conversion to `Date`.
package struct CivilTime {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour = 0
  package var minute = 0
  /// 60 in a leap second.
  package var second = 0

  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    (self.year, self.month, self.day) = (year, month, day)
    (self.hour, self.minute, self.second) = (hour, minute, second)
  }

  /// `nil` for dates that don't exist, such as February 30, and for years outside 1 to 9999: services send any number,
  /// and the seconds of a huge year overflow.
  package var date: Date? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...daysInMonth).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    return Date(timeIntervalSince1970: Double(daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second))
  }

  /// Midnight of a day: Howard Hinnant's `civil_from_days`, the inverse of `daysSince1970`.
  package init(daysSince1970 days: Int) {
    let days = days + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * month + 2) / 5 + 1
    self.month = month < 10 ? month + 3 : month - 9
    year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
  }

  private var daysInMonth: Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant's `days_from_civil`: years start in March, so that the leap day is the last one, in eras of 400
  /// years.
  private var daysSince1970: Int {
    let year = month > 2 ? year : year - 1
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
