/// Sizes as the web platform writes them: 1024-based, `Bytes KB MB GB TB`.
public enum ByteText {
  private static let units = ["Bytes", "KB", "MB", "GB", "TB"]

  /// `0 Bytes`, `1.2 TB`, `804 GB`: three significant digits at most, a fraction only below ten.
  ///
  /// - Parameter bytes: negative numbers, which no service should send, keep their sign.
  public static func format(_ bytes: Int64) -> String {
    var value = Double(bytes.magnitude)
    var unit = 0
    // What would be rounded up to 1024 is one of the next unit.
    while unit < units.count - 1, value.rounded() >= 1024 {
      value /= 1024
      unit += 1
    }
    let sign = bytes < 0 ? "-" : ""
    let tenths = (value * 10).rounded()
    if unit == 0 || tenths >= 100 || tenths.truncatingRemainder(dividingBy: 10) == 0 {
      return "\(sign)\(Int(value.rounded())) \(units[unit])"
    }
    return "\(sign)\(Int(tenths) / 10).\(Int(tenths) % 10) \(units[unit])"
  }
}
