/// A bar in eighths of a cell, or in whole ones.
public enum HorizontalBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar as long as `fraction` (0 to 1, clamped) of `columns`, without trailing blanks. Anything above zero is at least
  /// `▏`, so that little never looks like nothing.
  ///
  /// - Parameter inEighths: whole cells are of ASCII, a byte each.
  public static func text(fraction: Double, columns: Int, inEighths: Bool = true) -> String {
    guard fraction > 0, columns > 0 else { return "" }
    guard inEighths else {
      return String(repeating: "#", count: max(1, Int((min(fraction, 1) * Double(columns)).rounded())))
    }
    let length = max(1, Int((min(fraction, 1) * Double(columns * 8)).rounded()))
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
