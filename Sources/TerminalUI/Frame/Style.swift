/// The look of a cell, by meaning: the theme and the terminal determine the colour of a tone.
public struct Style: Hashable, Sendable {
  /// The meaning of a colour, which is never the only sign of anything.
  public enum Tone: Hashable, Sendable, CaseIterable {
    /// The terminal's default foreground.
    case normal
    /// Focus.
    case accent
    /// Less important.
    case muted
    case good
    case warning
    case danger
    /// The row under the cursor; always in reverse.
    case selected
    // Colours that a user chose for a label, with the user's own meaning.
    case red, yellow, green, blue, magenta, cyan
  }

  public var tone: Tone
  public var bold: Bool
  public var reverse: Bool
  public var underline: Bool

  public init(_ tone: Tone = .normal, bold: Bool = false, reverse: Bool = false, underline: Bool = false) {
    self.tone = tone
    self.bold = bold
    self.reverse = reverse
    self.underline = underline
  }

  public static let normal = Style()
  public static let accent = Style(.accent)
  public static let muted = Style(.muted)
  public static let good = Style(.good)
  public static let warning = Style(.warning)
  public static let danger = Style(.danger)
  public static let strong = Style(bold: true)
  public static let selected = Style(.selected, reverse: true)
}

/// A part of a line in one style.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .normal) {
    self.text = text
    self.style = style
  }
}

extension [Span] {
  /// The spans with a separator between each two.
  public func separated(by separator: Span) -> [Span] {
    var spans: [Span] = []
    for span in self { spans += spans.isEmpty ? [span] : [separator, span] }
    return spans
  }
}
