import CloudAPI
import CloudChanges

/// How sizes and quotas are said.
extension CloudSize {
  /// `512 GB`; `—` where the service doesn't tell.
  public var bytesText: String {
    bytes.map { ByteText.format($0) } ?? "—"
  }

  /// The share of the quota that is used, from 0 to 1; `nil` where there is no quota or nothing tells.
  public var usedShare: Double? {
    guard let quota else { return nil }
    if level == .full { return 1 }
    if let bytes, let capacity = quota.capacity, capacity > 0 { return min(1, Double(bytes) / Double(capacity)) }
    return quota.remainingPercent.map { 1 - $0 / 100 }
  }

  /// `78 %`, or `Full`. It is rounded down, so that nothing looks full before it is.
  public var usedText: String? {
    guard let usedShare else { return nil }
    if level == .full { return "Full" }
    let percent = Int(usedShare * 100)
    return usedShare > 0 && percent == 0 ? "<1 %" : "\(percent) %"
  }

  /// `3 GB used out of 10 GB (30 %)`, or as much of it as is known; `nil` without a quota.
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
  /// Who that is, in words.
  public var title: String {
    switch self {
    case .platform: "BIMData's platform"
    case .organization: "the organization"
    default: rawValue
    }
  }
}
