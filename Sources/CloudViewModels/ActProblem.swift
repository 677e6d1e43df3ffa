/// Why what was confirmed is not done, as far as anybody knows.
public struct ActProblem: Sendable, ExpressibleByStringInterpolation {
  public let text: String
  /// Where its answer was lost: what decides.
  public let doubt: Doubt?

  public init(_ text: String, _ doubt: Doubt? = nil) {
    self.text = text
    self.doubt = doubt
  }

  public init(stringLiteral text: String) {
    self.init(text)
  }
}
