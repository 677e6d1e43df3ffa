import FoundationEssentials

/// What is known of all late values together.
public struct LateSummary: Hashable, Sendable {
  /// The sum of what is there.
  public var total: Int64 = 0
  /// Whether that is all of it.
  public var isComplete = true
  /// The largest of what is there; 0 where nothing is.
  public var largest: Int64 = 0
  /// Whether bars show how full a cloud is, and not how large beside others.
  public var hasQuotas = false
  /// Whether the last read of one failed.
  public var hasFailures = false
  /// Until when the service asked to be left alone, the latest of what it said.
  public var limitedUntil: Date?
}
