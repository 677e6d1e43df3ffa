/// The edge of a rectangle with titles set into it: `╭ 1 Clouds ──── size ▾ ╮`, one blank on each side of each. Lines become
/// ASCII where the terminal draws none.
public struct Box: Hashable, Sendable {
  /// What is set into the upper or the lower edge.
  public struct Titles: Hashable, Sendable {
    /// What becomes of the trailing title where there is no room for both.
    public enum Trailing: Hashable, Sendable {
      /// It stays whole as long as eight columns are left to the other, which is cut; then it leaves.
      case stays
      /// It is cut, and the other stays whole.
      case isCut
    }

    public var leading: [Span]
    public var trailing: [Span]
    public var narrow: Trailing

    public init(_ leading: [Span] = [], trailing: [Span] = [], narrow: Trailing = .stays) {
      self.leading = leading
      self.trailing = trailing
      self.narrow = narrow
    }
  }

  public var border: BorderSet
  public var style: Style
  /// Without sides there are no corners, and the rows between are as the terminal's own.
  public var hasSides: Bool
  public var top: Titles
  public var bottom: Titles

  public init(
    border: BorderSet = .rounded, style: Style, hasSides: Bool = true, top: Titles = Titles(), bottom: Titles = Titles()
  ) {
    self.border = border
    self.style = style
    self.hasSides = hasSides
    self.top = top
    self.bottom = bottom
  }
}
