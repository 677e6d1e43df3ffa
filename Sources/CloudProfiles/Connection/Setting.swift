/// A value and what said so.
public struct Setting<Value: Sendable>: Sendable {
  public let value: Value
  public let origin: SettingOrigin

  public init(_ value: Value, _ origin: SettingOrigin) {
    self.value = value
    self.origin = origin
  }
}

extension Setting: Equatable where Value: Equatable {}

/// What a setting comes from.
public enum SettingOrigin: Hashable, Sendable {
  /// An option of the command line.
  case flag(String)
  /// A variable of the environment.
  case variable(String)
  /// - position: where it stands in the file; `nil` for a profile that isn't in one yet.
  case profile(String, position: TextPosition?)
  case builtIn
}

extension SettingOrigin: CustomStringConvertible {
  public var description: String {
    switch self {
    case .flag(let name), .variable(let name): name
    case .profile(let name, let position): "profile \(name)" + (position.map { ", line \($0.line)" } ?? "")
    case .builtIn: "built in"
    }
  }
}
