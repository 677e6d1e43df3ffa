/// One exchange as text that can be shown: complete but for secrets, which are masked.
public struct Trace: Hashable, Sendable {
  /// Request line, header fields, an empty line and the body.
  public let request: String
  /// Status, header fields, an empty line and the body, as far as they arrived; `nil` where no head of an answer did.
  public let response: String?
  /// Why the exchange ended before its answer did.
  public let failure: String?
}
