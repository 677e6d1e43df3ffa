import CNcurses
import TerminalUI

/// What a style is in ncurses' terms: attributes and a colour pair.
///
/// The background is always the terminal's own. The 256-colour tones are readable on a dark one and on a light one.
struct Palette {
  enum Depth {
    case none, eight, sixteen, many
  }

  private let depth: Depth

  init(depth: Depth) {
    self.depth = depth
  }

  /// Chooses by what the terminal can do, and defines its pairs. Call after `newterm`.
  @MainActor
  init(noColor: Bool) {
    guard !noColor, has_colors(), start_color() == OK, use_default_colors() == OK else {
      depth = .none
      return
    }
    depth = cnc_colors() >= 256 ? .many : cnc_colors() >= 16 ? .sixteen : .eight
    for tone in Style.Tone.allCases {
      if let color = color(of: tone) { init_pair(Int16(pair(of: tone)), color, -1) }
    }
  }

  func attributes(of style: Style) -> attr_t {
    var attributes: attr_t = 0
    if style.bold { attributes |= cnc_bold() }
    if style.reverse { attributes |= cnc_reverse() }
    if style.underline { attributes |= cnc_underline() }
    if color(of: style.tone) == nil {
      switch style.tone {
      case .accent, .danger: attributes |= cnc_bold()
      case .muted where !style.bold: attributes |= cnc_dim()
      default: break
      }
    }
    return attributes
  }

  /// The number of the colour pair, 0 for the terminal's own colours.
  func pair(of tone: Style.Tone) -> Int32 {
    guard color(of: tone) != nil, let index = Style.Tone.allCases.firstIndex(of: tone) else { return 0 }
    return Int32(index)
  }

  /// The terminal's number of a tone's colour; nil where the tone has none.
  private func color(of tone: Style.Tone) -> Int16? {
    switch (depth, tone) {
    case (.none, _), (_, .normal), (.eight, .muted): nil
    case (.many, .accent): 33
    case (.many, .muted): 244
    case (.many, .good): 35
    case (.many, .warning): 172
    case (.many, .danger): 160
    case (_, .red): 1
    case (_, .green): 2
    case (_, .yellow): 3
    case (_, .blue): 4
    case (_, .magenta): 5
    case (_, .cyan): 6
    case (_, .accent): 6
    case (_, .muted): 8
    case (_, .good): 2
    case (_, .warning): 3
    case (_, .danger): 1
    }
  }
}
