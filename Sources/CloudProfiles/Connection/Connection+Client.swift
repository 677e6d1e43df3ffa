public import CloudAPI

// The one place where settings become what the client takes.

extension Connection {
  /// What a client needs to speak to the service. Reads the secret, so it may take as long as a program that prints it.
  ///
  /// - Throws: `SettingsError` where the secret can't be read.
  public func clientConfiguration() async throws(SettingsError) -> CloudAPIClient.Configuration {
    var configuration = CloudAPIClient.Configuration(baseURL: apiURL.value, authorization: try await authorization())
    configuration.isReadOnly = options.isReadOnly.value
    // What `auto` finds out is the program's to say; until it has, the edition that all services spoke.
    configuration.edition = options.edition.value == .current ? .current : .classic
    if let timeout = options.timeout.value {
      configuration.requestTimeLimit = timeout
      configuration.listTimeLimit = timeout
    }
    return configuration
  }

  /// How connections to the service are made.
  ///
  /// - Throws: `SettingsError` for what this version can't do.
  public func transportConfiguration() throws(SettingsError) -> HTTPTransport.Configuration {
    for (name, isSet) in [(SettingName.caFile, options.caFile.value != nil), (.proxy, options.proxy.value != nil)] {
      if isSet { throw SettingsError("\(name.rawValue) can't be used by this version.") }
    }
    var configuration = HTTPTransport.Configuration()
    // What is read by the dozen never takes every connection: what a person just asked for finds one free.
    configuration.maximumConnections = options.concurrency.value + 8
    return configuration
  }

  private func authorization() async throws(SettingsError) -> Authorization {
    switch signIn.value {
    case .bearer: .bearer(try await secret())
    case .apiKey: .apiKey(try await secret())
    case .raw: .raw(try await secret())
    case .clientCredentials: throw SettingsError("auth: client-credentials can't be used by this version.")
    }
  }
}
