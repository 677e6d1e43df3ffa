import CloudAPI
import CloudProfiles
import Testing

/// The settings of a configuration file, and its errors.
@Suite struct ConfigurationTests {
  @Test func everySettingOfAProfileIsRead() throws {
    let profile = try #require(
      try Configuration(
        """
        profiles:
          live:
            api_url: https://api.bimdata.io
            edition: current
            auth: api-key
            key_env: LIVE_KEY
            ca_file: certificates/ca.pem
            proxy: http://proxy.example.com:3128
            timeout: 90s
            concurrency: 4
            redirect_uri: https://platform.bimdata.io
            me: ada@atelier.example
            read_only: true
            refresh: 90s
            label: PRODUCTION
            colour: red
        """
      ).profiles.first)
    #expect(profile.name == "live")
    #expect(profile.apiURL.description == "https://api.bimdata.io")
    #expect(profile.edition == .current)
    #expect(profile.signIn == .apiKey(.variable("LIVE_KEY")))
    #expect(profile.caFile == "/etc/skydeck/certificates/ca.pem")
    #expect(profile.proxy?.description == "proxy.example.com:3128")
    #expect(profile.timeout == .seconds(90))
    #expect(profile.concurrency == 4)
    #expect(profile.redirectURI == "https://platform.bimdata.io")
    #expect(profile.me == "ada@atelier.example")
    #expect(profile.isReadOnly)
    #expect(profile.refresh == .every(.seconds(90)))
    #expect(profile.label == "PRODUCTION")
    #expect(profile.colour == .red)
  }

  private static func command(_ words: String...) -> SecretSource {
    .command(words, in: "/etc/skydeck/config.yaml")
  }

  @Test(arguments: [
    ("key_env: K", SecretSource.variable("K")),
    ("key_file: ~/key", .file(path: "/home/ada/key")),
    ("key_file: /run/secrets/key", .file(path: "/run/secrets/key")),
    ("key_file: key", .file(path: "/etc/skydeck/key")),
    ("key_command: [pass, show, \"my key\"]", command("pass", "show", "my key")),
    ("key_command: pass show 'my key' a\\ b \"\"", command("pass", "show", "my key", "a b", "")),
    ("key_command: ~/bin/key ~/x y/z", command("/home/ada/bin/key", "~/x", "y/z")),
    ("key_command: ./key", command("/etc/skydeck/key")),
    ("key_command: [bin/key, '.']", command("/etc/skydeck/bin/key", ".")),
    ("key_command: /opt/key", command("/opt/key")),
    ("key: text", .inline(Secret("text"), in: "/etc/skydeck/config.yaml")),
    ("key: 0x10", .inline(Secret("0x10"), in: "/etc/skydeck/config.yaml")),
  ])
  func aKeyHasOneOfFourSources(line: String, source: SecretSource) throws {
    #expect(try Configuration(profile: line).profiles.first?.signIn == .bearer(source))
  }

  @Test func clientCredentialsHaveAnIdASecretAndATokenAddress() throws {
    let configuration = try Configuration(
      profile: """
        auth: client-credentials
            client_id: skydeck
            client_secret_env: SECRET
            token_url: https://login.example.com/token
            scope: cloud:read org:manage
            audience: bimdata
        """)
    #expect(
      configuration.profiles.first?.signIn
        == .clientCredentials(
          .init(
            id: "skydeck", secret: .variable("SECRET"), tokenURL: try TokenURL("https://login.example.com/token"),
            scope: "cloud:read org:manage", audience: "bimdata")))
  }

  @Test func theConsoleHasSettingsOfItsOwn() throws {
    let console = try Configuration(
      """
      console:
        theme: colour-blind
        refresh: 5m
        ascii: true
        mouse: false
        keymap:
          delete: X
          quit: [Q, Ctrl-C]
          suspend: []
      """
    ).console
    #expect(console.theme == .colourBlind)
    #expect(console.refresh == .every(.seconds(300)))
    #expect(console.isASCII)
    #expect(!console.usesMouse)
    #expect(console.keymap.map(\.command) == ["delete", "quit", "suspend"])
    #expect(console.keymap.map { $0.keys.map(\.name) } == [["X"], ["Q", "Ctrl-C"], []])
    #expect(console.keymap.map(\.position.line) == [7, 8, 9])
    #expect(console.keymap[1].keys[1].position == TextPosition(line: 8, column: 15))
  }

  @Test(arguments: ["", "\n# nothing yet\n", "profiles:\n", "profiles: {}\nconsole: ~\n"])
  func aFileMaySayNothing(text: String) throws {
    let configuration = try Configuration(text)
    #expect(configuration.profiles == [])
    #expect(configuration.defaultProfile == nil)
    #expect(configuration.console == ConsoleSettings())
  }

  @Test func braceAndListStylesAndWindowsLineEndsAreTheSame() throws {
    let configuration = try Configuration(
      "default_profile: a\r\nprofiles: {a: {api_url: 'https://a.example', key_env: \"A\"}}\r\n")
    #expect(configuration.defaultProfile == "a")
    #expect(configuration.profiles.first?.signIn == .bearer(.variable("A")))
  }

  @Test func aliasesStandForWhatTheyName() throws {
    let configuration = try Configuration(
      """
      profiles:
        a: {api_url: https://a.example, key_env: A, redirect_uri: &home https://home.example}
        b: {api_url: https://b.example, key_env: B, redirect_uri: *home}
      """)
    #expect(configuration.profiles.last?.redirectURI == "https://home.example")
  }

  @Test func positionsOfSettingsAreKept() throws {
    let configuration = try Configuration(profile: "key_env: K")
    #expect(configuration.position(of: .keyEnv, in: "live") == TextPosition(line: 4, column: 14))
    #expect(configuration.position(of: .proxy, in: "live") == nil)
  }
}

extension Configuration {
  /// Parses a text as if it were in the system's folder.
  init(_ text: String) throws {
    try self.init(text: text, path: "/etc/skydeck/config.yaml", home: "/home/ada")
  }

  /// Parses a file with one profile: its address, and this line, the fourth.
  init(profile line: String) throws {
    try self.init("profiles:\n  live:\n    api_url: https://api.bimdata.io\n    \(line)\n")
  }
}
