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

/// Where settings are looked for, in their order.
struct SettingSources {
  let environment: [String: String]
  let profile: Profile?
  let configuration: Configuration

  /// The value of a variable; an empty one is not set.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func variable(_ name: SettingName) -> String? {
    name.variable.flatMap { variable($0) }
  }

  /// What stands in the profile.
  func origin(_ name: SettingName) -> SettingOrigin {
    guard let profile else { return .builtIn }
    return .profile(profile.name, position: configuration.position(of: name, in: profile.name))
  }

  /// Where the way to sign in stands, or what it needs where that is not written.
  var signInOrigin: SettingOrigin {
    let names: [SettingName] = [.auth, .keyEnv, .keyFile, .keyCommand, .key]
    guard let profile else { return .builtIn }
    let name = names.first { configuration.position(of: $0, in: profile.name) != nil }
    return origin(name ?? .auth)
  }

  /// What the variable says, else what the profile does.
  func setting<Value>(
    _ name: SettingName, _ inProfile: Value?, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Setting<Value>? {
    if let variable = name.variable, let text = self.variable(variable) {
      return Setting(try Self.value(text, of: variable, read), .variable(variable))
    }
    return inProfile.map { Setting($0, origin(name)) }
  }

  /// The same where nothing is built in.
  func optional<Value>(
    _ name: SettingName, _ inProfile: Value?, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Setting<Value?> {
    guard let setting = try setting(name, inProfile, read) else { return Setting(nil, .builtIn) }
    return Setting(setting.value, setting.origin)
  }

  func profileOnly<Value>(_ name: SettingName, _ inProfile: Value?) -> Setting<Value?> {
    inProfile == nil ? Setting(nil, .builtIn) : Setting(inProfile, origin(name))
  }

  /// The first source that switches something on: one is enough.
  func enabled(_ name: SettingName, _ inProfile: Bool?, flag: Bool = false) throws(SettingsError) -> Setting<Bool> {
    let byVariable = try setting(name, nil) { text throws(SettingText.Rejection) in try Self.isOn(text) }
    if flag { return Setting(true, SettingOrigin(flagOf: name)) }
    if let byVariable, byVariable.value { return byVariable }
    return inProfile == true ? Setting(true, origin(name)) : Setting(false, .builtIn)
  }

  /// What the text of a variable says.
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
