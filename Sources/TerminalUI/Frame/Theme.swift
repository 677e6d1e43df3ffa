/// The colours of a style's tones. The background is always the terminal's own. The raw value is the theme's name in
/// settings.
///
/// With 256 colours, those of `dark` and `light` have a contrast of at least 4.5 to black or to white; those of the
/// themes for both backgrounds have at least 3 (WCAG 2.2, 1.4.3 and 1.4.11). The row under the cursor has an accented
/// background where that is enough for text, else the terminal's own colours in reverse.
public enum Theme: String, CaseIterable, Hashable, Sendable {
  /// Dark or light, like the terminal's background; readable on both if that is unknown.
  case auto
  case dark
  case light
  /// Nothing depends on red against green: good is blue, danger orange, or magenta if there are only eight colours.
  case colourBlind = "colour-blind"
  /// No colours: only attributes and words, as with NO_COLOR.
  case none

  /// The theme for a background: `auto` follows it, if it is known.
  public func on(_ background: Background?) -> Theme {
    guard self == .auto, let background else { return self }
    return background == .light ? .light : .dark
  }

  /// How many colours a terminal has.
  public enum Depth: Hashable, Sendable, CaseIterable {
    case eight, sixteen
    /// The 256 colours of xterm.
    case many

    /// - Parameter colours: the number of colours in the terminal's description. If there are more than 256, a number
    ///   from 8 on isn't a palette index but red, green and blue.
    public init(colours: Int) {
      self =
        switch colours {
        case 256: .many
        case 16..<256: .sixteen
        default: .eight
        }
    }
  }

  /// The terminal's number for a tone's colour; nil for the default foreground. A label's tone has the colour of its
  /// name, in every theme but `none`.
  public func colour(of tone: Style.Tone, depth: Depth) -> Int? {
    if self == .none || tone == .normal { return nil }
    if let colour = tone.labelColour { return colour }
    return depth == .many ? manyColours(of: tone) : fewColours(of: tone, depth)
  }

  private func manyColours(of tone: Style.Tone) -> Int? {
    switch (self, tone) {
    case (.dark, .accent), (.dark, .selected): 75
    case (.dark, .muted): 246
    case (.dark, .good): 78
    case (.dark, .warning): 214
    case (.dark, .danger): 203
    case (.light, .accent), (.light, .selected): 25
    case (.light, .muted): 241
    case (.light, .good): 28
    case (.light, .warning): 130
    case (.light, .danger): 124
    // After Okabe and Ito: green-blue, blue, brown and vermilion. Warning and danger, which many people see as
    // yellowish, differ in lightness.
    case (.colourBlind, .accent): 30
    case (.colourBlind, .muted): 244
    case (.colourBlind, .good): 33
    case (.colourBlind, .warning): 94
    case (.colourBlind, .danger): 202
    case (_, .accent): 33
    case (_, .muted): 244
    case (_, .good): 29
    case (_, .warning): 136
    case (_, .danger): 160
    default: nil
    }
  }

  private func fewColours(of tone: Style.Tone, _ depth: Depth) -> Int? {
    switch tone {
    case .accent: 6
    // The eighth of eight colours is white, which wouldn't be muted.
    case .muted: depth == .sixteen ? 8 : nil
    case .good: self == .colourBlind ? 4 : 2
    case .warning: 3
    case .danger: self == .colourBlind ? 5 : 1
    default: nil
    }
  }
}

extension Style.Tone {
  /// The terminal's number for the colour that names the tone.
  fileprivate var labelColour: Int? {
    switch self {
    case .red: 1
    case .green: 2
    case .yellow: 3
    case .blue: 4
    case .magenta: 5
    case .cyan: 6
    case .normal, .accent, .muted, .good, .warning, .danger, .selected: nil
    }
  }
}

/// The background of text.
public enum Background: Hashable, Sendable {
  case dark, light

  /// Classified by relative luminance (WCAG 2), with parts from 0 to 1: a background is light if black text is easier
  /// to read on it.
  public init(red: Double, green: Double, blue: Double) {
    // Squares approximate the curve of sRGB, which is enough to tell the side of the middle.
    let luminance = 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue
    self = luminance > 0.179 ? .light : .dark
  }

  /// Parses the variable COLORFGBG, which rxvt, konsole and others set: `15;0`, `0;default;15`. The last part is the
  /// number of the background among the sixteen colours.
  public init?(foregroundAndBackground text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count >= 2, let number = parts.last.flatMap({ Int($0) }), 0...15 ~= number else { return nil }
    // White, and all bright colours except bright black, which is grey.
    self = number == 7 || number > 8 ? .light : .dark
  }
}
