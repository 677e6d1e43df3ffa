/// What text stands on.
public enum Background: Hashable, Sendable {
  case dark, light

  /// By its relative luminance (WCAG 2), the parts from 0 to 1: what black text is easier to read on is light.
  public init(red: Double, green: Double, blue: Double) {
    // Squares stand for the curve of sRGB: it is told which side of the middle it is, not how far.
    let luminance = 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue
    self = luminance > 0.179 ? .light : .dark
  }

  /// From the variable COLORFGBG, which rxvt, konsole and others set: `15;0`, `0;default;15`. The last part is the number of
  /// the background among the sixteen colours.
  public init?(foregroundAndBackground text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count >= 2, let number = parts.last.flatMap({ Int($0) }), 0...15 ~= number else { return nil }
    // White, and all the bright ones but the grey that is bright black.
    self = number == 7 || number > 8 ? .light : .dark
  }
}
