/// How much a cloud holds and, in the current edition, how much it may hold.
public struct CloudSize: Hashable, Sendable {
  /// Bytes of all files; `nil` where the service doesn't tell: the current edition tells admins of the cloud alone.
  public var bytes: Int64?
  /// `nil` in the classic edition, which has none.
  public var quota: Quota?

  public init(bytes: Int64?, quota: Quota? = nil) {
    self.bytes = bytes
    self.quota = quota
  }

  /// How full the cloud is, where the service tells enough to know.
  public var level: Quota.Level? {
    guard let quota else { return nil }
    if quota.remaining == 0 || quota.remainingPercent.map({ $0 <= 0 }) == true { return .full }
    if let bytes, let capacity = quota.capacity {
      return bytes >= capacity ? .full : Quota.Level(used: Double(bytes) / Double(capacity))
    }
    return quota.remainingPercent.map { Quota.Level(used: 1 - $0 / 100) }
  }
}
