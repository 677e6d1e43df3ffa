/// The single source of address and credentials.
enum ServiceSource {
  case profile(Profile)
  /// An address from flag or variable, and the key from its variable; a profile only for all other settings.
  case variables(address: Setting<String>, others: Profile?)

  var profile: Profile? {
    switch self {
    case .profile(let profile): profile
    case .variables(_, let others): others
    }
  }

  init(
    _ arguments: ConnectionArguments, environment: [String: String], configuration: Configuration
  ) throws(SettingsError) {
    let sources = SettingSources(environment: environment, profile: nil, configuration: configuration)
    var named: Profile?
    if let name = arguments.profile ?? Configuration.TopName.defaultProfile.key.variable.flatMap(sources.variable) {
      named = try configuration.profile(named: name)
    }
    let hasKey = sources.variable(.key) != nil
    if let address = arguments.apiURL {
      guard !address.isEmpty, hasKey else {
        if let profile = named?.name ?? configuration.defaultProfile, !address.isEmpty {
          throw SettingsError(
            "--api-url needs a key of its own: set SKYDECK_API_KEY. The key of the profile “\(profile)” is sent to "
              + "that profile's address alone.")
        }
        throw Self.missing(address: address.isEmpty, key: !hasKey, configuration)
      }
      self = .variables(address: Setting(address, SettingOrigin(flagOf: .apiURL)), others: named)
    } else if let named {
      self = .profile(named)
    } else if let address = sources.variable(.apiURL), hasKey {
      self = .variables(address: Setting(address, SettingOrigin(variableOf: .apiURL)), others: nil)
    } else {
      self = .profile(
        try Self.defaultProfile(hasAddress: sources.variable(.apiURL) != nil, hasKey: hasKey, configuration))
    }
  }

  private static func defaultProfile(
    hasAddress: Bool, hasKey: Bool, _ configuration: Configuration
  ) throws(SettingsError) -> Profile {
    guard let name = configuration.defaultProfile else {
      throw missing(address: !hasAddress, key: !hasKey, configuration)
    }
    guard !hasAddress, !hasKey else {
      let (address, key) = (SettingOrigin(variableOf: .apiURL), SettingOrigin(variableOf: .key))
      let (set, unset) = hasAddress ? (address, key) : (key, address)
      throw SettingsError(
        """
        Which service? \(set) is set without \(unset), and the default profile is “\(name)”:
          set \(unset) too, or
          unset \(set), or
          choose the profile:   skydeck --profile \(name)
        """)
    }
    return try configuration.profile(named: name)
  }

  private static func missing(address: Bool, key: Bool, _ configuration: Configuration) -> SettingsError {
    let names = configuration.profiles.map(\.name)
    if address, key, let first = names.first, let path = configuration.path {
      return SettingsError(
        """
        Which service? \(path) has no default_profile. It holds \(names.joined(separator: ", ")):
          skydeck --profile \(first)          for once
          default_profile: \(first)           in that file, from now on
        """)
    }
    var lines = ["Which service? skydeck needs an address and a key:"]
    if address { lines.append("  export SKYDECK_API_URL=https://api.bimdata.io   (or --api-url URL)") }
    if key {
      lines.append("  export SKYDECK_API_KEY=…                         (never an argument: others could read it)")
    }
    lines.append("To look around without either: skydeck --demo")
    return SettingsError(lines.joined(separator: "\n"), kind: address && key ? .nothingSet : .unusable)
  }
}
