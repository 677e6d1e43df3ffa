import CloudAPI
import TextSafety

/// A profile as lines of a configuration file.
struct ProfileText {
  private let name: String
  private let settings: [(name: SettingName, text: String)]

  init(_ profile: Profile) {
    name = profile.name
    var settings: [(name: SettingName, text: String)] = []
    func add(_ name: SettingName, _ text: String?) {
      if let text { settings.append((name, YAMLScalar.text(text))) }
    }
    add(.apiURL, profile.apiURL.description)
    add(.edition, profile.edition?.rawValue)
    add(.auth, profile.signIn.method.rawValue)
    if case .clientCredentials(let client) = profile.signIn {
      add(.clientID, client.id)
      add(.tokenURL, client.tokenURL.description)
      add(.scope, client.scope)
      add(.audience, client.audience)
    }
    settings.append(Self.secret(profile.signIn))
    add(.caFile, profile.caFile)
    add(.proxy, profile.proxy.map { $0.proxy?.revealedAddress ?? $0.description })
    add(.timeout, profile.timeout.map(DurationText.text))
    add(.concurrency, profile.concurrency.map(String.init))
    add(.redirectURI, profile.redirectURI)
    add(.me, profile.me)
    add(.refresh, profile.refresh?.description)
    add(.readOnly, profile.isReadOnly ? "true" : nil)
    add(.lowBandwidth, profile.isLowBandwidth ? "true" : nil)
    add(.label, profile.label)
    add(.colour, profile.colour?.rawValue)
    self.settings = settings
  }

  func lines(indent: Int) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    return ["\(blanks)\(YAMLScalar.text(name)):"] + settings.map { "\(blanks)  \($0.name.rawValue): \($0.text)" }
  }

  /// The parsed lines; `nil` if they can't be parsed, which never happens.
  var node: DocumentNode? {
    try? DocumentNode(yaml: lines(indent: 0).joined(separator: "\n")).entries.first?.value
  }

  private static func secret(_ signIn: SignInSetting) -> (name: SettingName, text: String) {
    let isClient = signIn.method == .clientCredentials
    switch signIn.secretSource {
    case .variable(let name): return (isClient ? .clientSecretEnv : .keyEnv, YAMLScalar.text(name))
    case .file(let path): return (isClient ? .clientSecretFile : .keyFile, YAMLScalar.text(path))
    case .inline(let secret, _): return (isClient ? .clientSecret : .key, YAMLScalar.text(secret.revealed))
    case .command(let words, _):
      let list = "[" + words.map(YAMLScalar.text).joined(separator: ", ") + "]"
      return (isClient ? .clientSecretCommand : .keyCommand, list)
    }
  }
}

/// Text as a value on one line of a YAML document (YAML 1.2, chapter 7.3).
enum YAMLScalar {
  /// The text itself if YAML reads it as such, otherwise in double quotes with escapes.
  static func text(_ text: String) -> String {
    let isPlain =
      text.first.map { isLetterOrDigit($0) || $0 == "/" } == true && text != "null" && !text.hasSuffix(":")
      && text.allSatisfy { isLetterOrDigit($0) || "_./-@+=:%".contains($0) }
    return isPlain ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    default:
      guard scalar.isHarmful || scalar.properties.generalCategory == .privateUse else { return String(scalar) }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
}
