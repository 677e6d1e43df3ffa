/// A bar in eighths of a cell.
public enum HorizontalBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar as long as `fraction` (0 to 1, clamped) of `columns`, without trailing blanks. Anything above zero is at least
  /// `▏`, so that little never looks like nothing.
  public static func text(fraction: Double, columns: Int) -> String {
    guard fraction > 0, columns > 0 else { return "" }
    let length = max(1, Int((min(fraction, 1) * Double(columns * 8)).rounded()))
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
