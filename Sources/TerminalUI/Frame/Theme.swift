/// Which colours the tones of a style have. The background is always the terminal's own. The raw value is the theme's name
/// in settings.
///
/// Of 256 colours, those of `dark` and `light` have a contrast of 4.5 and more with black and with white; those of the
/// themes that must do for both have 3 (WCAG 2.2, 1.4.3 and 1.4.11).
public enum Theme: String, CaseIterable, Hashable, Sendable {
  /// Dark or light, as the terminal's background is; where that isn't known, readable on both.
  case auto
  case dark
  case light
  /// Nothing is told by red against green: good is blue, danger orange, or magenta where there are only eight colours.
  case colourBlind = "colour-blind"
  /// No colours: attributes and words alone, as with NO_COLOR.
  case none

  /// The theme for a background: `auto` follows it, where it is known.
  public func on(_ background: Background?) -> Theme {
    guard self == .auto, let background else { return self }
    return background == .light ? .light : .dark
  }

  /// How many colours a terminal has.
  public enum Depth: Hashable, Sendable, CaseIterable {
    case eight, sixteen
    /// The 256 of xterm.
    case many

    /// - Parameter colours: how many the terminal's description says it has. Where that is more than 256, a number from 8 on is
    ///   no colour of a palette but red, green and blue.
    public init(colours: Int) {
      self =
        switch colours {
        case 256: .many
        case 16..<256: .sixteen
        default: .eight
        }
    }
  }

  /// The terminal's number of a tone's colour; nil for the terminal's own foreground. A label's colours are what the person
  /// who chose them calls so, in every theme but `none`.
  public func colour(of tone: Style.Tone, depth: Depth) -> Int? {
    if self == .none || tone == .normal { return nil }
    if let colour = tone.labelColour { return colour }
    return depth == .many ? manyColours(of: tone) : fewColours(of: tone, depth)
  }

  private func manyColours(of tone: Style.Tone) -> Int? {
    switch (self, tone) {
    case (.dark, .accent): 75
    case (.dark, .muted): 246
    case (.dark, .good): 78
    case (.dark, .warning): 214
    case (.dark, .danger): 203
    case (.light, .accent): 25
    case (.light, .muted): 241
    case (.light, .good): 28
    case (.light, .warning): 130
    case (.light, .danger): 124
    // After Okabe and Ito: green-blue, blue, brown and vermilion; warning and danger, both yellowish to many, are told apart
    // by their lightness.
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
    // The eighth of eight is white: less would be no less.
    case .muted: depth == .sixteen ? 8 : nil
    case .good: self == .colourBlind ? 4 : 2
    case .warning: 3
    case .danger: self == .colourBlind ? 5 : 1
    default: nil
    }
  }
}

extension Style.Tone {
  /// The terminal's number of the colour that the tone is called after.
  fileprivate var labelColour: Int? {
    switch self {
    case .red: 1
    case .green: 2
    case .yellow: 3
    case .blue: 4
    case .magenta: 5
    case .cyan: 6
    case .normal, .accent, .muted, .good, .warning, .danger: nil
    }
  }
}

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
