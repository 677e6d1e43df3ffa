import CloudAPI
import FoundationEssentials

/// How far a list is with its service.
public struct ListStatus: Hashable, Sendable {
  /// When the rows on the screen were answered; `nil` before the first answer.
  public var asOf: Date?
  /// Since when an answer is awaited.
  public var loadingSince: Date?
  public var failure: ReadFailure?
  /// Whether the rows on the screen are only the first of a list: the rest is on its way, or its answer broke off.
  public var isPartial = false

  /// How many records have arrived of a list that is on its way; `nil` before the first.
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
  /// When it first failed.
  public let since: Date
  /// When it will be tried again by itself; `nil` where trying again is no use.
  public let nextTry: Date?
}
