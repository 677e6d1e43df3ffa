import TerminalUI

extension Console {
  /// How the console looks and listens, as a person sets it.
  public struct Settings: Sendable {
    public var keymap = Keymap.standard
    /// Whether the terminal reports the mouse, so that text is selected with Shift.
    public var mouse = false

    /// Whether the screen is drawn in lines for a screen reader, the cursor on the selected row.
    public var screenReader = false

    /// Whether as few bytes as can be are sent, whatever the service's own setting says.
    public var lowBandwidth = false

    public init() {}
  }
}
