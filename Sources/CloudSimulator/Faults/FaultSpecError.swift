/// Why a text specifies no fault.
public struct FaultSpecError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what would be right.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
