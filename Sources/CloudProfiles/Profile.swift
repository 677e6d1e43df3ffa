public import CloudAPI

/// A service under a name, as the configuration file holds it.
public struct Profile: Hashable, Sendable {
  public let name: String
  public var apiURL: BaseURL
  public var signIn: SignInSetting
  /// `nil` for what is not set: the environment or what is built in decides.
  public var edition: EditionSetting?
  /// Of authorities to trust beside the system's, in PEM form.
  public var caFile: String?
  public var proxy: ProxySetting?
  /// For one request.
  public var timeout: Duration?
  /// How many requests are under way at once at most.
  public var concurrency: Int?
  /// Where invited people land.
  public var redirectURI: String?
  /// How often the console reads lists again by itself.
  public var refresh: RefreshSetting?
  /// Refuses every write.
  public var isReadOnly = false
  /// Whether the console sends as few bytes as can be.
  public var isLowBandwidth = false
  /// What the header says of it, such as `PRODUCTION`.
  public var label: String?
  public var colour: ProfileColour?

  /// - Throws: `SettingsError` for a name that can't be one.
  public init(name: String, apiURL: BaseURL, signIn: SignInSetting) throws(SettingsError) {
    if let reason = Self.whyNotAName(name) { throw SettingsError(reason) }
    self.name = name
    self.apiURL = apiURL
    self.signIn = signIn
  }

  /// Why a text can't name a profile; `nil` for one that can.
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
