import CloudAPI
import CloudProfiles
import Testing

/// Which service is selected, and which key it gets.
@Suite struct ConnectionTests {
  private static let file = """
    default_profile: live
    profiles:
      live:
        api_url: https://live.example
        key_env: LIVE_KEY
        edition: classic
        redirect_uri: https://live.example/home
        read_only: true
        label: PRODUCTION
        colour: red
        me: ada@atelier.example
      staging:
        api_url: https://staging.example
        auth: api-key
        key_env: STAGING_KEY
        concurrency: 3
    """
  private static let both = ["SKYDECK_API_URL": "https://variable.example", "SKYDECK_API_KEY": "variable-key"]
  private static let keys = ["LIVE_KEY": "live-key", "STAGING_KEY": "staging-key"]

  @Test func theDefaultProfileIsUsedWhereNothingElseIsSaid() async throws {
    let connection = try connection()
    #expect(connection.apiURL.value.host == "live.example")
    #expect(connection.profile == "live")
    #expect(try await connection.secret().revealed == "live-key")
    #expect(connection.options.label.value == "PRODUCTION")
    #expect(connection.options.colour.value == .red)
  }

  @Test func bothVariablesWinOverTheDefaultProfileAndTakeNothingOfIt() async throws {
    let connection = try connection(environment: Self.both)
    #expect(connection.apiURL == Setting(try BaseURL("https://variable.example"), .variable("SKYDECK_API_URL")))
    #expect(connection.profile == nil)
    #expect(connection.options.label.value == nil)
    #expect(!connection.options.isReadOnly.value)
    #expect(try await connection.secret().revealed == "variable-key")
  }

  @Test func aNamedProfileIgnoresTheVariablesForAddressAndKey() async throws {
    let connection = try connection(
      profile: "staging", environment: Self.both.merging(["SKYDECK_AUTH": "raw"]) { $1 })
    #expect(connection.apiURL.value.host == "staging.example")
    #expect(connection.signIn.value == .apiKey(.variable("STAGING_KEY")))
    #expect(try await connection.secret().revealed == "staging-key")
  }

  @Test func aVariableNamesAProfileAsTheFlagDoesAndTheFlagWins() throws {
    let environment = Self.both.merging(["SKYDECK_PROFILE": "staging"]) { $1 }
    #expect(try connection(environment: environment).apiURL.value.host == "staging.example")
    #expect(try connection(profile: "live", environment: environment).apiURL.value.host == "live.example")
  }

  @Test func anAddressByFlagTakesTheKeyOfTheVariable() async throws {
    let connection = try connection(apiURL: "https://flag.example", environment: Self.both)
    #expect(connection.apiURL == Setting(try BaseURL("https://flag.example"), .flag("--api-url")))
    #expect(try await connection.secret().revealed == "variable-key")
    #expect(connection.profile == nil)
  }

  @Test(arguments: [nil, "live", "staging"])
  func anAddressByFlagNeverGetsTheKeyOfAProfile(profile: String?) {
    expectError("--api-url needs a key of its own: set SKYDECK_API_KEY", .unusable) {
      try connection(apiURL: "https://flag.example", profile: profile)
    }
  }

  @Test func anAddressByFlagOverANamedProfileKeepsItsOtherSettingsOnly() async throws {
    let connection = try connection(
      apiURL: "https://flag.example", profile: "live", environment: ["SKYDECK_API_KEY": "own-key"])
    #expect(connection.apiURL.value.host == "flag.example")
    #expect(connection.signIn.value == .bearer(.variable("SKYDECK_API_KEY")))
    #expect(try await connection.secret().revealed == "own-key")
    #expect(connection.options.isReadOnly.value)
    #expect(connection.options.redirectURI.value == "https://live.example/home")
  }

  @Test(arguments: [
    (["SKYDECK_API_URL": "https://variable.example"], "SKYDECK_API_URL is set without SKYDECK_API_KEY"),
    (["SKYDECK_API_KEY": "variable-key"], "SKYDECK_API_KEY is set without SKYDECK_API_URL"),
  ])
  func halfAPairBesideADefaultProfileIsAnError(environment: [String: String], message: String) {
    expectError(message, .unusable) { try connection(environment: environment) }
  }

  @Test(arguments: [
    ["SKYDECK_API_URL": "https://variable.example", "SKYDECK_API_KEY": ""], ["SKYDECK_API_KEY": "variable-key"],
  ])
  func halfAPairWithoutAProfileNamesTheOther(environment: [String: String]) {
    let other = environment["SKYDECK_API_URL"] == nil ? "SKYDECK_API_URL" : "SKYDECK_API_KEY"
    expectError("export \(other)=", .unusable) { try connection(environment: environment, file: "") }
  }

  @Test func nothingAtAllIsAFirstRun() {
    expectError("Which service?", .nothingSet) { try connection(file: "") }
    expectError("skydeck --demo", .nothingSet) { try connection(environment: ["SKYDECK_API_URL": ""], file: "") }
  }

  @Test func profilesWithoutADefaultAreNamed() {
    let file = Self.file.replacing("default_profile: live\n", with: "")
    expectError("It holds live, staging", .unusable) { try connection(file: file) }
  }

  @Test func anUnknownProfileIsAnErrorWithTheNearestName() {
    expectError("There is no profile “stagin” in /c.yaml; did you mean “staging”? It holds live, staging.", .unusable) {
      try connection(profile: "stagin")
    }
  }

  @Test func aVariableWinsOverTheProfileForEveryOtherSetting() throws {
    let options = try connection(
      profile: "staging",
      environment: [
        "SKYDECK_EDITION": "current", "SKYDECK_CONCURRENCY": "7", "SKYDECK_TIMEOUT": "20s",
        "SKYDECK_PROXY": "proxy:8080", "SKYDECK_CA_FILE": "/etc/ca.pem", "SKYDECK_REDIRECT_URI": "https://home",
        "SKYDECK_ME": "grace@home.example",
      ]
    ).options
    #expect(options.edition == Setting(.current, .variable("SKYDECK_EDITION")))
    #expect(options.concurrency == Setting(7, .variable("SKYDECK_CONCURRENCY")))
    #expect(options.timeout.value == .seconds(20))
    #expect(options.proxy.value?.description == "proxy:8080")
    #expect(options.caFile.value == "/etc/ca.pem")
    #expect(options.redirectURI.value == "https://home")
    #expect(options.me.value == "grace@home.example")
  }

  @Test func whatNothingSaysIsBuiltIn() throws {
    let options = try connection(environment: Self.both, file: "").options
    #expect(options.edition == Setting(.auto, .builtIn))
    #expect(options.concurrency == Setting(16, .builtIn))
    #expect(options.timeout == Setting(nil, .builtIn))
    #expect(options.isReadOnly == Setting(false, .builtIn))
  }

  @Test func aProfileOrTheVariableSavesBytes() throws {
    let file = "profiles: {slow: {api_url: https://slow.example, key_env: K, low_bandwidth: true}}"
    let slow = try connection(profile: "slow", environment: ["K": "k"], file: file).options.isLowBandwidth
    #expect(slow.value)
    let variable = ["SKYDECK_LOW_BANDWIDTH": "1"]
    #expect(
      try connection(profile: "staging", environment: variable).options.isLowBandwidth
        == Setting(true, .variable("SKYDECK_LOW_BANDWIDTH")))
    #expect(try !connection(profile: "staging").options.isLowBandwidth.value)
  }

  @Test func nothingTakesReadOnlyFromAProfile() throws {
    #expect(try connection(environment: ["SKYDECK_READ_ONLY": "0"]).options.isReadOnly.value)
    #expect(
      try connection(profile: "staging", environment: ["SKYDECK_READ_ONLY": "1"]).options.isReadOnly
        == Setting(true, .variable("SKYDECK_READ_ONLY")))
    #expect(
      try connection(profile: "staging", isReadOnly: true).options.isReadOnly == Setting(true, .flag("--read-only")))
    #expect(try !connection(profile: "staging").options.isReadOnly.value)
  }

  @Test(arguments: [
    ("SKYDECK_CONCURRENCY", "many", "SKYDECK_CONCURRENCY is \"many\": set it to a number from 1 to 256."),
    ("SKYDECK_CONCURRENCY", "0", "set it to a number from 1 to 256."),
    ("SKYDECK_TIMEOUT", "30", "SKYDECK_TIMEOUT is \"30\": set it to a duration"),
    ("SKYDECK_EDITION", "clasic", "did you mean “classic”?"),
    ("SKYDECK_PROXY", "user:word@proxy", "SKYDECK_PROXY: set it to none or to an HTTP proxy"),
    ("SKYDECK_READ_ONLY", "maybe", "set it to 1 or 0"),
    ("SKYDECK_ME", "Ada Lovelace", "set it to an e-mail address, such as ada@example.com."),
  ])
  func aVariableThatCannotBeUsedIsNamed(name: String, text: String, message: String) {
    expectError(message, .unusable) { try connection(environment: [name: text]) }
  }

  @Test(arguments: [
    ("bearer", SignInSetting.bearer(.variable("SKYDECK_API_KEY"))), ("raw", .raw(.variable("SKYDECK_API_KEY"))),
    ("api-key", .apiKey(.variable("SKYDECK_API_KEY"))),
  ])
  func aVariableSaysHowItsKeyIsSent(auth: String, signIn: SignInSetting) throws {
    #expect(try connection(environment: Self.both.merging(["SKYDECK_AUTH": auth]) { $1 }).signIn.value == signIn)
  }

  @Test func clientCredentialsNeedAProfile() {
    expectError("needs a profile", .unusable) {
      try connection(environment: Self.both.merging(["SKYDECK_AUTH": "client-credentials"]) { $1 })
    }
  }

  @Test func anAddressThatMayHoldAKeyIsNotRepeated() {
    let environment = ["SKYDECK_API_URL": "https://secret@x.example", "SKYDECK_API_KEY": "k"]
    expectError("SKYDECK_API_URL (or --api-url) can't be used", .unusable, notHolding: "secret") {
      try connection(environment: environment)
    }
  }

  @Test func aSecretIsReadWhenItIsAskedForAndNotBefore() async throws {
    let connection = try connection(profile: "staging", environment: ["STAGING_KEY": ""])
    await #expect(throws: SettingsError.self) { try await connection.secret() }
  }

  @Test func theReportHoldsEverySettingWithItsSourceAndNoSecret() throws {
    let text = try connection(environment: ["SKYDECK_CONCURRENCY": "2"]).reportText
    #expect(
      text == """
        api_url       https://live.example            profile live, line 4
        auth          bearer                          profile live, line 5
        key           ••• from the variable LIVE_KEY  profile live, line 5
        edition       classic                         profile live, line 6
        concurrency   2                               SKYDECK_CONCURRENCY
        read_only     true                            profile live, line 8
        redirect_uri  https://live.example/home       profile live, line 7
        me            ada@atelier.example             profile live, line 11
        label         PRODUCTION                      profile live, line 9
        colour        red                             profile live, line 10

        """)
  }

  private func connection(
    apiURL: String? = nil, profile: String? = nil, isReadOnly: Bool = false, environment: [String: String] = [:],
    file: String = file
  ) throws(SettingsError) -> Connection {
    try Connection(
      ConnectionArguments(apiURL: apiURL, profile: profile, isReadOnly: isReadOnly),
      environment: Self.keys.merging(environment) { $1 },
      configuration: Configuration(text: file, path: "/c.yaml", home: nil))
  }

  private func expectError(
    _ message: String, _ kind: SettingsError.Kind, notHolding secret: String = "-key\"",
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Connection
  ) {
    let error = #expect(throws: SettingsError.self, sourceLocation: sourceLocation) { _ = try body() }
    guard let error else { return }
    #expect(error.message.contains(message), "\(error.message)", sourceLocation: sourceLocation)
    #expect(error.kind == kind, sourceLocation: sourceLocation)
    #expect(!error.message.contains(secret), sourceLocation: sourceLocation)
  }
}
