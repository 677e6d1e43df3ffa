/// A bar in eighths of a cell, or in whole cells.
public enum HorizontalBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar whose length is `fraction` (0 to 1, clamped) of `columns`, without trailing blanks. Any fraction above zero
  /// shows at least `▏`, so that little never looks like nothing.
  ///
  /// - Parameter inEighths: if false, whole cells in ASCII, one byte each.
  public static func text(fraction: Double, columns: Int, inEighths: Bool = true) -> String {
    guard fraction > 0, columns > 0 else { return "" }
    guard inEighths else {
      return String(repeating: "#", count: max(1, Int((min(fraction, 1) * Double(columns)).rounded())))
    }
    let length = max(1, Int((min(fraction, 1) * Double(columns * 8)).rounded()))
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
