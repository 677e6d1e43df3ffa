public import CloudAPI

// Converts settings to what the client takes; no other code does.

extension Connection {
  /// What a client needs to connect to the service. It reads the secret, which may take as long as the program that
  /// prints it.
  ///
  /// - Throws: `SettingsError` if the secret can't be read.
  public func clientConfiguration() async throws(SettingsError) -> CloudAPIClient.Configuration {
    var configuration = CloudAPIClient.Configuration(baseURL: apiURL.value, credential: try await credential())
    configuration.isReadOnly = options.isReadOnly.value
    configuration.edition = options.edition.value
    if let timeout = options.timeout.value {
      configuration.requestTimeLimit = timeout
      configuration.listTimeLimit = timeout
    }
    return configuration
  }

  /// How connections to the service are made.
  ///
  /// - Throws: `SettingsError` if the file of certificate authorities can't be used.
  public func transportConfiguration() throws(SettingsError) -> HTTPTransport.Configuration {
    var configuration = HTTPTransport.Configuration()
    // Bulk reads never take every connection, so that a request of the user finds one free.
    configuration.maximumConnections = options.concurrency.value + 8
    configuration.proxy = try proxy()
    configuration.proxyExceptions = options.proxyExceptions.value
    var authorities = CertificateAuthorities()
    do throws(CertificateAuthoritiesError) {
      if let path = options.caFile.value { authorities = try CertificateAuthorities(file: path) }
    } catch {
      throw SettingsError("\(SettingName.caFile.rawValue) (\(options.caFile.origin)): \(error.message)")
    }
    for (_, path) in CertificateAuthorities.paths(in: environment) {
      authorities = authorities.adding(CertificateAuthorities(at: path))
    }
    if authorities.count > 0 { configuration.authorities = authorities }
    return configuration
  }

  /// - Throws: if others can read the file that holds the proxy's password, or if the environment names a proxy that
  ///   can't be used and the service is on another machine.
  private func proxy() throws(SettingsError) -> HTTPProxy? {
    if let problem = options.proxyProblem, HTTPTransport.isProxied(apiURL.value, except: options.proxyExceptions.value)
    {
      throw problem
    }
    let proxy = options.proxy.value?.proxy
    if proxy?.password != nil, case .profile = options.proxy.origin, let path {
      try SecretSource.requirePrivate(path)
    }
    return proxy
  }

  private func credential() async throws(SettingsError) -> Credential {
    let secret = try await secret()
    return switch signIn.value {
    case .bearer: .fixed(.bearer(secret))
    case .apiKey: .fixed(.apiKey(secret))
    case .raw: .fixed(.raw(secret))
    case .clientCredentials(let client):
      .clientCredentials(
        ClientCredentials(
          id: client.id, secret: secret, tokenURL: client.tokenURL, scope: client.scope, audience: client.audience))
    }
  }
}
