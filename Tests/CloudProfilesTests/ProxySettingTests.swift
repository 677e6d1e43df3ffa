import CloudAPI
import CloudProfiles
import Glibc
import Testing

/// The proxy for a service, resolved from the profile, skydeck's variable and the common variables.
@Suite struct ProxySettingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func connection(
    _ profile: String = "", address: String = "https://api.example", environment: [String: String] = [:],
    mode: mode_t = 0o600
  ) throws -> Connection {
    let text = "default_profile: a\nprofiles:\n  a:\n    api_url: \(address)\n    key_env: K\n\(profile)"
    let path = try folder.write(text, mode: mode)
    let file = try #require(ConfigurationFile(option: path, environment: [:]))
    return try Connection(ConnectionArguments(), environment: environment, configuration: try file.load())
  }

  @Test(arguments: ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
  func theProxyOfAllProgramsIsUsed(name: String) throws {
    let connection = try connection(environment: [name: "http://me:pass-word@proxy.example:3128/"])
    #expect(connection.options.proxy.origin == .variable(name))
    let used = try connection.transportConfiguration().proxy
    #expect(used?.description == "proxy.example:3128")
    #expect(used?.password == Secret("pass-word"))
    #expect(connection.reportText.contains("proxy        http://me:•••@proxy.example:3128  \(name)\n"))
    #expect(!connection.reportText.contains("pass-word"))
  }

  @Test func theNameInLowerCaseWinsUnlessItIsEmpty() throws {
    let both = ["https_proxy": "lower:1", "HTTPS_PROXY": "upper:1", "http_proxy": "plain:1", "HTTP_PROXY": "plain:1"]
    #expect(try connection(environment: both).transportConfiguration().proxy?.host == "lower")
    let empty = both.merging(["https_proxy": ""]) { $1 }
    #expect(try connection(environment: empty).transportConfiguration().proxy?.host == "upper")
  }

  @Test func plainHTTPsProxyIsForNoService() throws {
    let environment = ["http_proxy": "plain:1", "HTTP_PROXY": "plain:1"]
    #expect(try connection(environment: environment).transportConfiguration().proxy == nil)
  }

  @Test func aProfileOrSkydecksVariableWinsAndNoneSetsAllAside() throws {
    let common = ["HTTPS_PROXY": "common:1", "NO_PROXY": "*"]
    let own = try connection("    proxy: own:1\n", environment: common)
    #expect(try own.transportConfiguration().proxy?.host == "own")
    // A proxy configured for this service is used, whatever exceptions other programs have.
    #expect(own.options.proxyExceptions.value == ProxyExceptions())
    let none = try connection("    proxy: none\n", environment: common)
    #expect(try none.transportConfiguration().proxy == nil)
    #expect(none.reportText.contains("proxy        none "))
    let variable = common.merging(["SKYDECK_PROXY": "none"]) { $1 }
    #expect(try connection("    proxy: own:1\n", environment: variable).transportConfiguration().proxy == nil)
  }

  @Test func theExceptionsOfAllProgramsHoldForTheirProxy() throws {
    let environment = ["HTTPS_PROXY": "common:1", "no_proxy": ".example", "NO_PROXY": "other"]
    let connection = try connection(environment: environment)
    #expect(connection.options.proxyExceptions == Setting(ProxyExceptions(".example"), .variable("no_proxy")))
    #expect(try connection.transportConfiguration().proxyExceptions == ProxyExceptions(".example"))
  }

  @Test(arguments: ["socks5://proxy:1", "https://proxy:1", "proxy", "http://me:secret-word@proxy"])
  func oneThatCannotBeUsedIsAnErrorWhereItIsNeededAndNowhereElse(text: String) throws {
    let environment = ["HTTPS_PROXY": text]
    let error = #expect(throws: SettingsError.self) {
      try connection(environment: environment).transportConfiguration()
    }
    #expect(error?.message.hasPrefix("HTTPS_PROXY") == true)
    #expect(error?.message.contains("SKYDECK_PROXY=none") == true)
    #expect(error?.message.contains("secret-word") == false)
    for address in ["http://localhost:1", "https://127.0.0.1:1"] {
      #expect(throws: Never.self) {
        try connection(address: address, environment: environment).transportConfiguration()
      }
    }
    let excepted = environment.merging(["NO_PROXY": "api.example"]) { $1 }
    #expect(throws: Never.self) { try connection(environment: excepted).transportConfiguration() }
    #expect(throws: Never.self) {
      try connection("    proxy: none\n", environment: environment).transportConfiguration()
    }
  }

  @Test func aPasswordInTheFileNeedsItToBePrivate() throws {
    let line = "    proxy: http://me:pass-word@proxy:1\n"
    #expect(try connection(line).transportConfiguration().proxy?.password == Secret("pass-word"))
    let error = #expect(throws: SettingsError.self) { try connection(line, mode: 0o644).transportConfiguration() }
    #expect(error?.message.contains("chmod 600") == true)
    #expect(throws: Never.self) {
      try connection("    proxy: http://me@proxy:1\n", mode: 0o644).transportConfiguration()
    }
  }

  @Test func aPasswordIsNeverAnArgument() throws {
    var draft = ProfileDraft(name: "a")
    draft.texts = [.apiURL: "https://a.example", .keyEnv: "K", .proxy: "http://me:pass-word@proxy:1"]
    let error = #expect(throws: SettingsError.self) { try draft.profile(home: nil, directory: "/") }
    #expect(error?.message.contains("SKYDECK_PROXY") == true)
    #expect(error?.message.contains("pass-word") == false)
  }

  @Test func theAuthoritiesOfOpenSSLsVariablesAreTrustedToo() throws {
    let certificate = """
      -----BEGIN CERTIFICATE-----
      MIIBdjCCARygAwIBAgICEAAwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWc2t5ZGVj
      ayB0ZXN0IGF1dGhvcml0eTAgFw0xOTAxMDEwMDAwMDBaGA8yMTE5MDEwMTAwMDAw
      MFowITEfMB0GA1UEAwwWc2t5ZGVjayB0ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49
      AgEGCCqGSM49AwEHA0IABPDbICetA4j8rCRNOW4oF6o1yApBqR198EVmpUQfG2+f
      vqANkAjP1PYLFZ2uZdI5GQn4PGBgWKa/hMOaIhpo5fqjQjBAMA8GA1UdEwEB/wQF
      MAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBRtQf3cK8aRrXLIPZ0TRfb4
      VCft6TAKBggqhkjOPQQDAgNIADBFAiBvOMFR+IKeh1hvGnfeQmOhcFVX0pe1E5Yn
      vgm5FWq+sAIhAMNRS6fSTa6hhpnLO2zPTTRUJDiaDp8RTfjpWnvQ0K/I
      -----END CERTIFICATE-----
      """
    let file = try folder.write(certificate, to: "ca.pem")
    symlink(file, "\(folder.path)/0a1b2c3d.0")
    _ = try folder.write("nothing", to: "README")
    mkfifo("\(folder.path)/pipe", 0o600)
    func count(_ environment: [String: String]) throws -> Int? {
      try connection(environment: environment).transportConfiguration().authorities?.count
    }
    #expect(try count(["SSL_CERT_FILE": file]) == 1)
    #expect(try count(["SSL_CERT_DIR": "/nowhere:\(folder.path)"]) == 1)
    #expect(try count(["SSL_CERT_FILE": "/nowhere", "SSL_CERT_DIR": ""]) == nil)
    #expect(try count(["SSL_CERT_FILE": "\(folder.path)/pipe"]) == nil)
  }
}
