/// How much a cloud may hold, as the current edition tells. Someone who is no admin of the cloud is told only what
/// remains, and nobody is told more where there is no limit.
public struct Quota: Hashable, Sendable {
  /// Who sets the limit.
  public struct Manager: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String

    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The plan of the platform.
    public static let platform = Manager(rawValue: "BIMDATA_PLATFORM")
    public static let organization = Manager(rawValue: "ORGANIZATION")
  }

  /// How full a cloud is, by the thresholds of BIMData's web platform: green up to 66 %, amber up to 80 %, red above,
  /// and "Full" when nothing remains.
  public enum Level: Hashable, Sendable {
    case good, warning, critical, full

    /// - Parameter used: the share that is used, from 0 to 1.
    init(used: Double) {
      self = used <= 0.66 ? .good : used <= 0.8 ? .warning : used < 1 ? .critical : .full
    }
  }

  public var manager: Manager?
  /// The role in the cloud of whoever asks.
  public var role: Role?
  /// The most bytes that the cloud may hold, what it holds included (`total_size_available`).
  public var capacity: Int64?
  /// Bytes that may still be added, never below zero (`remaining_total_size`).
  public var remaining: Int64?
  /// The share of the capacity that remains, 100 for all of it.
  public var remainingPercent: Double?

  public init(
    manager: Manager? = nil, role: Role? = nil, capacity: Int64? = nil, remaining: Int64? = nil,
    remainingPercent: Double? = nil
  ) {
    self.manager = manager
    self.role = role
    self.capacity = capacity
    self.remaining = remaining
    self.remainingPercent = remainingPercent
  }
}
