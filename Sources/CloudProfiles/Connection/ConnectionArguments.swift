/// What a command line says of the service.
public struct ConnectionArguments: Hashable, Sendable {
  /// `--api-url`
  public var apiURL: String?
  /// `--profile`
  public var profile: String?
  /// `--read-only`
  public var isReadOnly: Bool

  public init(apiURL: String? = nil, profile: String? = nil, isReadOnly: Bool = false) {
    self.apiURL = apiURL
    self.profile = profile
    self.isReadOnly = isReadOnly
  }
}
