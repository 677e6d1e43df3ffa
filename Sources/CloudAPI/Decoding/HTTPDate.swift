public import FoundationEssentials

/// Reads the dates of HTTP header fields (RFC 9110, section 5.6.7): in the form that all senders have to write, and in
/// the two older ones that all recipients have to read.
public enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameters:
  ///   - text: such as `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` (RFC 850) or
  ///     `Sun Nov  6 08:49:37 1994` (`asctime`).
  ///   - now: decides on the century of a year with two digits, which is less than 50 years ahead.
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

  /// The latest year that ends so and is no more than 50 years ahead.
  private static func full(_ year: Int, _ now: Date) -> Int {
    let present = 1970 + Int(now.timeIntervalSince1970 / (365.2425 * 86_400))
    let latest = present + 50
    return latest - (latest - year) % 100
  }
}
