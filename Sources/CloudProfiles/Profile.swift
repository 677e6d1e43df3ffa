public import CloudAPI

/// A named service of the configuration file.
public struct Profile: Hashable, Sendable {
  public let name: String
  public var apiURL: BaseURL
  public var signIn: SignInSetting
  /// `nil` for what isn't set: the environment or the built-in default decides.
  public var edition: EditionSetting?
  /// The file of authorities that are trusted in addition to the system's, in PEM form.
  public var caFile: String?
  public var proxy: ProxySetting?
  /// The time limit for one request.
  public var timeout: Duration?
  /// The most requests in progress at once.
  public var concurrency: Int?
  /// Where invited people are redirected.
  public var redirectURI: String?
  /// The user's own e-mail address in the service.
  public var me: String?
  /// How often the console reloads lists by itself.
  public var refresh: RefreshSetting?
  /// Whether every write is refused.
  public var isReadOnly = false
  /// Whether the console sends as few bytes as possible.
  public var isLowBandwidth = false
  /// What the header calls the service, such as `PRODUCTION`.
  public var label: String?
  public var colour: ProfileColour?

  /// - Throws: `SettingsError` for an invalid name.
  public init(name: String, apiURL: BaseURL, signIn: SignInSetting) throws(SettingsError) {
    if let reason = Self.whyNotAName(name) { throw SettingsError(reason) }
    self.name = name
    self.apiURL = apiURL
    self.signIn = signIn
  }

  /// Why a text can't name a profile; `nil` if it can.
  public static func whyNotAName(_ name: String) -> String? {
    let isName =
      (1...64).contains(name.utf8.count) && name.first.map { isLetterOrDigit($0) } == true
      && name.allSatisfy { isLetterOrDigit($0) || "-_.".contains($0) }
    return isName
      ? nil
      : "“\(name)” can't be the name of a profile: use up to 64 letters, digits, “-”, “_” and “.”, "
        + "a letter or digit first."
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }
}

/// The colour of a profile's header.
public enum ProfileColour: String, CaseIterable, Hashable, Sendable {
  case red, green, yellow, blue, magenta, cyan
}

extension Profile {
  static func reader(_ entry: DocumentNode.Entry, path: String) throws(SettingsError) -> MappingReader {
    if let reason = whyNotAName(entry.key) { throw SettingsError(reason, at: entry.position, of: path) }
    return try MappingReader(
      entry.value, title: "the profile “\(entry.key)”", names: SettingName.allCases.map(\.rawValue), path: path)
  }

  init(name: String, _ reader: MappingReader, paths: PathExpansion) throws(SettingsError) {
    guard let apiURL = try reader.value(.apiURL, SettingText.address) else {
      throw reader.error(
        "the profile “\(name)” has no api_url: add api_url: https://api.bimdata.io, or its own address.")
    }
    try self.init(name: name, apiURL: apiURL, signIn: SignInSetting(profile: name, reader, paths: paths))
    edition = try reader.value(.edition, SettingText.choice)
    caFile = try reader.value(.caFile) { text throws(SettingText.Rejection) in try paths(text) }
    proxy = try reader.value(.proxy, SettingText.proxy)
    timeout = try reader.value(.timeout, SettingText.timeout)
    concurrency = try reader.value(.concurrency, SettingText.concurrency)
    redirectURI = try reader.value(.redirectURI, SettingText.redirectURI)
    me = try reader.value(.me, SettingText.emailAddress)
    isReadOnly = try reader.boolean(SettingName.readOnly.rawValue) ?? false
    isLowBandwidth = try reader.boolean(SettingName.lowBandwidth.rawValue) ?? false
    refresh = try reader.value(.refresh, SettingText.refresh)
    label = try reader.value(.label, SettingText.label)
    colour = try reader.value(.colour, SettingText.choice)
  }
}
