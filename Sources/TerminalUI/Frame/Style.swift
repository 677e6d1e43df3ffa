/// How a cell looks, by meaning: which colour a tone has is the terminal's (and later the theme's) business.
public struct Style: Hashable, Sendable {
  /// What a colour says. Never the only sign of anything.
  public enum Tone: Hashable, Sendable, CaseIterable {
    /// The terminal's own foreground.
    case normal
    /// Focus.
    case accent
    /// What matters less.
    case muted
    case good
    case warning
    case danger
    // Colours that a person chose for a label: they mean what the person says.
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
}

/// Text of one style, a part of a line.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .normal) {
    self.text = text
    self.style = style
  }
}

extension [Span] {
  /// These with another one between each two.
  public func separated(by separator: Span) -> [Span] {
    var spans: [Span] = []
    for span in self { spans += spans.isEmpty ? [span] : [separator, span] }
    return spans
  }
}
