/// Sizes in the format of the web platform: powers of 1024, `Bytes KB MB GB TB`.
public enum ByteText {
  private static let units = ["Bytes", "KB", "MB", "GB", "TB"]

  /// A size: `0 Bytes`, `1.2 TB`, `804 GB`. Values below ten have at most one decimal, others none.
  ///
  /// - Parameter bytes: the size; negative numbers, which no service should send, keep their sign.
  public static func format(_ bytes: Int64) -> String {
    var value = Double(bytes.magnitude)
    var unit = 0
    // A value that rounds to 1024 belongs to the next unit.
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
