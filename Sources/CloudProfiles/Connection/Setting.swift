/// A value and its origin.
public struct Setting<Value: Sendable>: Sendable {
  public let value: Value
  public let origin: SettingOrigin

  public init(_ value: Value, _ origin: SettingOrigin) {
    self.value = value
    self.origin = origin
  }
}

extension Setting: Equatable where Value: Equatable {}

/// Where a setting comes from.
public enum SettingOrigin: Hashable, Sendable {
  /// A command-line option.
  case flag(String)
  /// An environment variable.
  case variable(String)
  /// - position: its position in the file; `nil` for a profile that isn't in a file yet.
  case profile(String, position: TextPosition?)
  case builtIn
}

extension SettingOrigin {
  init(variableOf name: SettingName) {
    self = .variable(name.variable ?? name.rawValue)
  }

  init(flagOf name: SettingName) {
    self = .flag(name.flag ?? name.rawValue)
  }
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

/// The sources of settings, in order of precedence.
struct SettingSources {
  let environment: [String: String]
  let profile: Profile?
  let configuration: Configuration

  /// The value of a variable; an empty one counts as not set.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func variable(_ name: SettingName) -> String? {
    name.variable.flatMap { variable($0) }
  }

  /// The position of a setting in the profile.
  func origin(_ name: SettingName) -> SettingOrigin {
    guard let profile else { return .builtIn }
    return .profile(profile.name, position: configuration.position(of: name, in: profile.name))
  }

  /// The position of the sign-in method, or of the key's setting if the method isn't written.
  var signInOrigin: SettingOrigin {
    let names: [SettingName] = [.auth, .keyEnv, .keyFile, .keyCommand, .key]
    guard let profile else { return .builtIn }
    let name = names.first { configuration.position(of: $0, in: profile.name) != nil }
    return origin(name ?? .auth)
  }

  /// The value from the variable, else from the profile.
  func setting<Value>(
    _ name: SettingName, _ inProfile: Value?, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Setting<Value>? {
    if let variable = name.variable, let text = self.variable(variable) {
      return Setting(try Self.value(text, of: variable, read), .variable(variable))
    }
    return inProfile.map { Setting($0, origin(name)) }
  }

  /// The same for a setting without a built-in default.
  func optional<Value>(
    _ name: SettingName, _ inProfile: Value?, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Setting<Value?> {
    guard let setting = try setting(name, inProfile, read) else { return Setting(nil, .builtIn) }
    return Setting(setting.value, setting.origin)
  }

  func profileOnly<Value>(_ name: SettingName, _ inProfile: Value?) -> Setting<Value?> {
    inProfile == nil ? Setting(nil, .builtIn) : Setting(inProfile, origin(name))
  }

  /// The first source that enables something: one is enough.
  func enabled(_ name: SettingName, _ inProfile: Bool?, flag: Bool = false) throws(SettingsError) -> Setting<Bool> {
    let byVariable = try setting(name, nil) { text throws(SettingText.Rejection) in try Self.isOn(text) }
    if flag { return Setting(true, SettingOrigin(flagOf: name)) }
    if let byVariable, byVariable.value { return byVariable }
    return inProfile == true ? Setting(true, origin(name)) : Setting(false, .builtIn)
  }

  /// Parses the value of a variable.
  static func value<Value>(
    _ text: String, of variable: String, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Value {
    do throws(SettingText.Rejection) {
      return try read(text)
    } catch {
      let subject = error.isShown ? "\(variable) is \"\(text.prefix(100))\"" : variable
      throw SettingsError("\(subject): \(error.advice)" + (error.advice.hasSuffix(".") ? "" : "."))
    }
  }

  private static func isOn(_ text: String) throws(SettingText.Rejection) -> Bool {
    switch text.lowercased() {
    case "1", "true", "yes": return true
    case "0", "false", "no": return false
    default: throw SettingText.Rejection(advice: "set it to 1 or 0")
    }
  }
}
