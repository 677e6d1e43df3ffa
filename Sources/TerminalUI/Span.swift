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
