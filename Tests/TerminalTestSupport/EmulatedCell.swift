/// One column of the emulated screen.
public struct EmulatedCell: Hashable, Sendable {
  /// A character with its combining marks; empty in the second column of a wide one.
  public var text = " "
  public var style = EmulatedStyle()

  public var isContinuation: Bool { text.isEmpty }
}

/// The look of a cell. A colour is an index of the terminal's palette, or `0x1000000` plus RGB; nil is the default.
public struct EmulatedStyle: Hashable, Sendable {
  public var bold = false
  public var dim = false
  public var italic = false
  public var underline = false
  public var blink = false
  public var reverse = false
  public var hidden = false
  public var foreground: Int?
  public var background: Int?

  public init() {}

  /// The part that is visible on a blank.
  public var onBlank: EmulatedStyle {
    guard !underline, !reverse else { return self }
    var style = EmulatedStyle()
    style.background = background
    return style
  }

  /// Applies the parameters of SGR (ECMA-48, and the colours of xterm); returns the unknown ones.
  mutating func apply(_ parameters: [Int]) -> [Int] {
    var unknown: [Int] = []
    var rest = parameters[...]
    if rest.isEmpty { rest = [0] }
    while let parameter = rest.popFirst() {
      switch parameter {
      case 0: self = EmulatedStyle()
      case 1: bold = true
      case 2: dim = true
      case 3: italic = true
      case 4: underline = true
      case 5: blink = true
      case 7: reverse = true
      case 8: hidden = true
      case 22: (bold, dim) = (false, false)
      case 23: italic = false
      case 24: underline = false
      case 25: blink = false
      case 27: reverse = false
      case 28: hidden = false
      case 30...37: foreground = parameter - 30
      case 38: foreground = Self.color(&rest)
      case 39: foreground = nil
      case 40...47: background = parameter - 40
      case 48: background = Self.color(&rest)
      case 49: background = nil
      case 90...97: foreground = parameter - 82
      case 100...107: background = parameter - 92
      default: unknown.append(parameter)
      }
    }
    return unknown
  }

  private static func color(_ parameters: inout ArraySlice<Int>) -> Int? {
    switch parameters.popFirst() {
    case 5: return parameters.popFirst()
    case 2:
      let parts = parameters.prefix(3)
      parameters = parameters.dropFirst(3)
      return parts.reduce(1) { $0 << 8 | $1 & 0xFF }
    default: return nil
    }
  }
}
