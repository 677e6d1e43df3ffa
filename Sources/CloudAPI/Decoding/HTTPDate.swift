public import FoundationEssentials

/// Reads the dates of HTTP header fields (RFC 9110, section 5.6.7), in the form that all senders have to write.
public enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameter text: such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  public static func parse(_ text: String) -> Date? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]),
      let month = months.firstIndex(of: String(words[2])),
      let year = Int(words[3])
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3 else { return nil }
    return CivilTime(
      year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: time[2]
    ).date
  }
}
