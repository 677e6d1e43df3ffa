/// Whether lists are read again by themselves, and how often.
public enum RefreshSetting: Hashable, Sendable {
  case off
  case every(Duration)

  /// `nil` for never.
  public var interval: Duration? {
    switch self {
    case .off: nil
    case .every(let duration): duration
    }
  }
}

extension RefreshSetting: CustomStringConvertible {
  /// As in the file: `off`, `5m`.
  public var description: String {
    switch self {
    case .off: "off"
    case .every(let duration): DurationText.text(duration)
    }
  }
}
