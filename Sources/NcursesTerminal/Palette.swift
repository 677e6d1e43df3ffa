import CNcurses
import TerminalUI

/// What a style is in ncurses' terms: attributes and a colour pair, after a theme.
struct Palette {
  private let theme: Theme
  private let depth: Theme.Depth

  /// Asks what the terminal can do, and defines the pairs. Call after `newterm`.
  @MainActor
  init(theme wanted: Theme) {
    let hasColours = wanted != .none && has_colors() && start_color() == OK && use_default_colors() == OK
    theme = hasColours ? wanted : .none
    depth = Theme.Depth(colours: Int(cnc_colors()))
    for tone in Style.Tone.allCases {
      if let colour = theme.colour(of: tone, depth: depth) { init_pair(Int16(pair(of: tone)), Int16(colour), -1) }
    }
  }

  func attributes(of style: Style) -> attr_t {
    var attributes: attr_t = 0
    if style.bold { attributes |= cnc_bold() }
    if style.reverse { attributes |= cnc_reverse() }
    if style.underline { attributes |= cnc_underline() }
    if theme.colour(of: style.tone, depth: depth) == nil {
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
    guard theme.colour(of: tone, depth: depth) != nil, let index = Style.Tone.allCases.firstIndex(of: tone)
    else { return 0 }
    return Int32(index)
  }
}
