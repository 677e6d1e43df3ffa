/// Which edition of the API a service is said to speak.
public enum EditionSetting: String, CaseIterable, Hashable, Sendable {
  /// That of 2019, with processors.
  case classic
  /// Today's.
  case current
  /// What reading finds out.
  case auto

  /// `nil` where it is to be found out.
  public var edition: Edition? {
    switch self {
    case .classic: .classic
    case .current: .current
    case .auto: nil
    }
  }
}
