public import CloudAPI

// The one place where settings become what the client takes.

extension Connection {
  /// What a client needs to speak to the service. Reads the secret, so it may take as long as a program that prints it.
  ///
  /// - Throws: `SettingsError` where the secret can't be read.
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
  /// - Throws: `SettingsError` where the file of authorities can't be used.
  public func transportConfiguration() throws(SettingsError) -> HTTPTransport.Configuration {
    var configuration = HTTPTransport.Configuration()
    // What is read by the dozen never takes every connection: what a person just asked for finds one free.
    configuration.maximumConnections = options.concurrency.value + 8
    configuration.proxy = options.proxy.value
    do throws(CertificateAuthoritiesError) {
      configuration.authorities = try options.caFile.value.map { path throws(CertificateAuthoritiesError) in
        try CertificateAuthorities(file: path)
      }
    } catch {
      throw SettingsError("\(SettingName.caFile.rawValue) (\(options.caFile.origin)): \(error.message)")
    }
    return configuration
  }

  private func credential() async throws(SettingsError) -> Credential {
    let secret = try await secret()
    return switch signIn.value {
    case .bearer: .fixed(.bearer(secret))
    case .apiKey: .fixed(.apiKey(secret))
    case .raw: .fixed(.raw(secret))
    case .clientCredentials(let id, _, let tokenURL):
      .clientCredentials(ClientCredentials(id: id, secret: secret, tokenURL: tokenURL))
    }
  }
}
