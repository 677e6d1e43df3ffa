import CloudAPI
import FoundationEssentials

/// The state of a list's reading from the service.
public struct ListStatus: Hashable, Sendable {
  /// When the response with the rows on the screen arrived; `nil` before the first.
  public var asOf: Date?
  /// When the read in progress started; `nil` if there is none.
  public var loadingSince: Date?
  public var failure: ReadFailure?
  /// Whether the rows are only the first part of a list: the rest is still arriving, or the response broke off.
  public var isPartial = false

  /// How many records of the list being read have arrived; `nil` before the first.
  public var arrived: Int?

  public init(
    asOf: Date? = nil, loadingSince: Date? = nil, failure: ReadFailure? = nil, isPartial: Bool = false
  ) {
    self.isPartial = isPartial
    self.asOf = asOf
    self.loadingSince = loadingSince
    self.failure = failure
  }
}

/// A read that failed and has not succeeded since.
public struct ReadFailure: Hashable, Sendable {
  public let error: CloudAPIError
  /// Since when reads have failed.
  public let since: Date
  /// When the read is retried automatically; `nil` if a retry is of no use.
  public let nextTry: Date?
}
