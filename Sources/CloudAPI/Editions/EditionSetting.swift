/// The edition that is configured for a service.
public enum EditionSetting: String, CaseIterable, Hashable, Sendable {
  /// The edition of 2019, with processors.
  case classic
  /// Today's edition.
  case current
  /// The client detects it.
  case auto

  /// `nil` if it must be detected.
  public var edition: Edition? {
    switch self {
    case .classic: .classic
    case .current: .current
    case .auto: nil
    }
  }
}
