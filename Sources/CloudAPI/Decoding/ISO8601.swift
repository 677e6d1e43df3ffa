import FoundationEssentials

/// Reads the dates of the API: ISO 8601 as Django REST framework writes it, with or without a fraction, in UTC or with
/// an offset. Formatters take ten times as long, which lists of many records feel.
enum ISO8601 {
  /// `nil` for what is no date and time. A time without an offset is taken as UTC.
  static func parse(_ text: String) -> Date? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  /// The same of text in UTF-8.
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

    /// In seconds; 0 where there is none.
    private mutating func fraction() -> Double? {
      guard skip(".") || skip(",") else { return 0 }
      var (value, scale) = (0.0, 1.0)
      let start = position
      while let digit = digit() {
        // No date tells more digits apart, and hundreds of them make infinity by infinity.
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
