import CloudAPI

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
    isReadOnly = try reader.boolean(SettingName.readOnly.rawValue) ?? false
    isLowBandwidth = try reader.boolean(SettingName.lowBandwidth.rawValue) ?? false
    refresh = try reader.value(.refresh, SettingText.refresh)
    label = try reader.value(.label, SettingText.label)
    colour = try reader.value(.colour, SettingText.choice)
  }
}

extension MappingReader {
  func value<Value>(
    _ name: SettingName, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Value? {
    try value(name.rawValue, read)
  }

  func contains(_ name: SettingName) -> Bool {
    node(name.rawValue) != nil
  }
}
