/// The variables of the environment that hold secrets, which no other program is to see: neither one that prints a key nor
/// an editor.
public struct SecretVariables: Hashable, Sendable {
  private var names: Set<String>

  /// Those that settings have always, and those that the profiles of a configuration name.
  public init(_ configuration: Configuration = .empty) {
    names = Set(SettingName.allCases.filter(\.holdsSecret).compactMap(\.variable))
    for profile in configuration.profiles {
      if case .variable(let name) = profile.signIn.secretSource { names.insert(name) }
    }
  }

  public mutating func formUnion(_ others: SecretVariables) {
    names.formUnion(others.names)
  }

  /// An environment without them.
  public func removed(from environment: [String: String]) -> [String: String] {
    environment.filter { !names.contains($0.key) }
  }
}
