import CloudAPI
import CloudChanges

/// Sizes and quotas as text.
extension CloudSize {
  /// The size, `512 GB`; `—` if the service doesn't report it.
  public var bytesText: String {
    bytes.map { ByteText.format($0) } ?? "—"
  }

  /// The share of the quota that is used, from 0 to 1; `nil` if there is no quota or the share is unknown.
  public var usedShare: Double? {
    guard let quota else { return nil }
    if level == .full { return 1 }
    if let bytes, let capacity = quota.capacity, capacity > 0 { return min(1, Double(bytes) / Double(capacity)) }
    return quota.remainingPercent.map { 1 - $0 / 100 }
  }

  /// The used share, `78 %` or `Full`, rounded down so that nothing looks full too early; `nil` if it is unknown.
  public var usedText: String? {
    guard let usedShare else { return nil }
    if level == .full { return "Full" }
    let percent = Int(usedShare * 100)
    return usedShare > 0 && percent == 0 ? "<1 %" : "\(percent) %"
  }

  /// The use of the quota, `3 GB used out of 10 GB (30 %)`, or the known part of it; `nil` without a quota.
  public var quotaText: String? {
    guard let quota else { return nil }
    let share = usedText.map { " (\($0))" } ?? ""
    if let bytes, let capacity = quota.capacity {
      return "\(ByteText.format(bytes)) used out of \(ByteText.format(capacity))\(share)"
    }
    if let remaining = quota.remaining {
      let percent = quota.remainingPercent.map { " (\(Int($0.rounded())) %)" } ?? ""
      return level == .full ? "Full: nothing remains" : "\(ByteText.format(remaining)) remain\(percent)"
    }
    return usedText ?? "no limit is known"
  }
}

extension Quota.Manager {
  /// The name of the manager, as text.
  public var title: String {
    switch self {
    case .platform: "BIMData's platform"
    case .organization: "the organization"
    default: rawValue
    }
  }
}
