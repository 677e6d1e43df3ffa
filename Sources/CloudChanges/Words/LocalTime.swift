import CloudAPI
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times in the local time zone, by the C library: FoundationEssentials has no time zones.
public enum LocalTime {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `13:04`.
  public static func hourAndMinute(_ date: Date) -> String {
    let parts = parts(of: date)
    return two(parts.tm_hour) + ":" + two(parts.tm_min)
  }

  /// `13:04:35`.
  public static func hourMinuteSecond(_ date: Date) -> String {
    hourAndMinute(date) + ":" + two(parts(of: date).tm_sec)
  }

  /// `Mar 2019`.
  public static func monthAndYear(_ date: Date) -> String {
    let parts = parts(of: date)
    return "\(month(parts)) \(1900 + Int(parts.tm_year))"
  }

  /// The number of the month since the year 0.
  public static func month(_ date: Date) -> Int {
    let seconds = date.timeIntervalSince1970
    // In the middle of a month all time zones agree on it: no need to ask the C library, which takes ten times as long.
    if abs(seconds) < 253_402_300_799 {
      let day = CivilTime(daysSince1970: Int((seconds / 86_400).rounded(.down)))
      if (3...26).contains(day.day) { return day.year * 12 + day.month - 1 }
    }
    let parts = parts(of: date)
    return (1900 + Int(parts.tm_year)) * 12 + Int(parts.tm_mon)
  }

  /// `23 May 2019 15:07:17`, with the zone's name: `CEST`.
  public static func full(_ date: Date) -> String {
    let parts = parts(of: date)
    let day = "\(parts.tm_mday) \(month(parts)) \(1900 + Int(parts.tm_year))"
    let zone = parts.tm_zone.map { " " + String(cString: $0) } ?? ""
    return "\(day) \(hourMinuteSecond(date))\(zone)"
  }

  private static func parts(of date: Date) -> tm {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    // The years 1 to 9999: others are not useful, and the C library's integer may be too small for them.
    var time = time_t(min(max(seconds, -62_135_596_800), 253_402_300_799))
    var result = tm()
    localtime_r(&time, &result)
    return result
  }

  private static func month(_ parts: tm) -> String {
    let index = Int(parts.tm_mon)
    return months.indices.contains(index) ? months[index] : "?"
  }

  private static func two(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
