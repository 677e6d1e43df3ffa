/// How the console looks and listens.
public struct ConsoleSettings: Hashable, Sendable {
  /// What it is drawn in.
  public enum Theme: String, CaseIterable, Hashable, Sendable {
    case auto, dark, light
    case colourBlind = "colour-blind"
    case none
  }

  /// Keys for a command instead of its own, as written: the console knows which commands and keys there are.
  public struct KeyOverride: Hashable, Sendable {
    /// The command's name, and where it stands.
    public let command: String
    public let position: TextPosition
    /// None takes the command its keys.
    public let keys: [Key]

    /// A key, and where it stands.
    public struct Key: Hashable, Sendable {
      public let name: String
      public let position: TextPosition
    }
  }

  public var theme = Theme.auto
  public var keymap: [KeyOverride] = []
  /// How often lists are read again by themselves, where a profile doesn't say.
  public var refresh = RefreshSetting.off
  /// Draws lines and marks in ASCII.
  public var isASCII = false
  /// Whether the mouse is listened to; text is selected with Shift then.
  public var usesMouse = false
  /// Whether the console is drawn in lines for a screen reader.
  public var isForScreenReader = false
  /// Whether as few bytes as can be are sent.
  public var isLowBandwidth = false

  public init() {}
}
