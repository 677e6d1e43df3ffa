/// Writes that were asked for and are not settled.
public struct OpenWrites: Hashable, Sendable {
  /// Sent and not answered: what each was to do.
  public var unanswered: [String]
  /// Not sent.
  public var unsent: [String]

  public init(unanswered: [String] = [], unsent: [String] = []) {
    self.unanswered = unanswered
    self.unsent = unsent
  }

  public static func + (left: OpenWrites, right: OpenWrites) -> OpenWrites {
    OpenWrites(unanswered: left.unanswered + right.unanswered, unsent: left.unsent + right.unsent)
  }
}
