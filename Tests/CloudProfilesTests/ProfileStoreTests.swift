import CloudAPI
import CloudProfiles
import Glibc
import Testing

/// Changes to a file that a person wrote.
@Suite struct ProfileStoreTests {
  private static let written = """
    # My services

    console:
      theme: dark   # the room is

    default_profile: live   # careful

    # The real ones
    profiles:
      # live since May
      live:
        api_url: https://live.example
        key_env: LIVE_KEY   # in the vault
        # ask Bob

      # for trying things
      staging:
        api_url: "https://staging.example"
        key_command: [pass, show, staging]

    # the end

    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aFirstProfileMakesFileAndFolderForTheOwnerAlone() throws {
    let file = try #require(ConfigurationFile(environment: ["XDG_CONFIG_HOME": "\(folder.path)/new"]))
    try ProfileStore(file).add(try profile("live"))
    #expect(try folder.mode(of: "new") == 0o700)
    #expect(try folder.mode(of: "new/skydeck") == 0o700)
    #expect(try folder.mode(of: "new/skydeck/config.yaml") == 0o600)
    #expect(try folder.names(in: "new/skydeck") == ["config.yaml"])
    #expect(
      try folder.text(of: "new/skydeck/config.yaml") == """
        default_profile: live
        profiles:
          live:
            api_url: https://live.example
            auth: bearer
            key_env: LIVE_KEY

        """)
  }

  @Test func aProfileIsAddedBehindTheOthersAndNothingElseChanges() throws {
    let store = try store(Self.written)
    try store.add(try profile("new"))
    let added = "  new:\n    api_url: https://new.example\n    auth: bearer\n    key_env: NEW_KEY\n"
    #expect(
      try folder.text()
        == Self.written.replacing("show, staging]\n", with: "show, staging]\n" + added))
  }

  @Test func aProfileIsRemovedWithItsOwnCommentsAndNoOthers() throws {
    let store = try store(Self.written)
    try store.remove("staging")
    let removed = """
        staging:
          api_url: "https://staging.example"
          key_command: [pass, show, staging]

      """
    #expect(Self.written.contains(removed))
    #expect(try folder.text() == Self.written.replacing(removed, with: ""))
  }

  @Test func removingTheDefaultLeavesNone() throws {
    let store = try store(Self.written)
    try store.remove("live")
    let text = try folder.text()
    #expect(try store.file.load().defaultProfile == nil)
    #expect(!text.contains("ask Bob"))
    for comment in ["# My services", "# live since May", "# for trying things", "# the end", "# The real ones"] {
      #expect(text.contains(comment))
    }
  }

  @Test func theLastProfileCanBeRemovedAndAnotherAdded() throws {
    let store = try store("profiles:\n  a:\n    api_url: https://a.example\n    key_env: A\n")
    try store.remove("a")
    #expect(try folder.text() == "profiles:\n")
    try store.add(try profile("live"))
    #expect(try store.file.load().defaultProfile == "live")
  }

  @Test func choosingTheDefaultChangesOneWord() throws {
    let store = try store(Self.written)
    try store.use("staging")
    #expect(
      try folder.text()
        == Self.written.replacing("default_profile: live ", with: "default_profile: staging "))
  }

  @Test(arguments: ["'live'", "\"live\""])
  func quotesStayAroundTheDefault(quoted: String) throws {
    let text = Self.written.replacing("default_profile: live", with: "default_profile: \(quoted)")
    let store = try store(text)
    try store.use("staging")
    #expect(try folder.text() == text.replacing(quoted, with: quoted.replacing("live", with: "staging")))
  }

  @Test func windowsLineEndsAndAMissingLastOneAreKept() throws {
    let text = "profiles:\r\n    a:\r\n        api_url: https://a.example\r\n        key_env: A"
    let store = try store(text)
    try store.add(try profile("b"), isDefault: true)
    #expect(
      try folder.text()
        == "default_profile: b\r\n\(text)\r\n    b:\r\n      api_url: https://b.example\r\n      auth: bearer\r\n"
        + "      key_env: B_KEY\r\n")
  }

  @Test func theEndOfTheDocumentStaysTheEnd() throws {
    let text = "profiles:\n  a:\n    api_url: https://a.example\n    key_env: A\n...\n"
    let store = try store(text)
    try store.add(try profile("b"))
    #expect(try folder.text().hasSuffix("    key_env: B_KEY\n...\n"))
    try store.remove("b")
    #expect(try folder.text() == text)
  }

  @Test(arguments: [
    "profiles: {a: {api_url: https://a.example, key_env: A}}\n",
    "{profiles: {a: {api_url: https://a.example, key_env: A}}, default_profile: a}\n",
    "profiles: &p\n  a: &a\n    api_url: https://a.example\n    key_env: A\n  c: *a\n",
  ])
  func whatCouldTouchTheRestIsRefusedAndNothingIsChanged(text: String) throws {
    let store = try store(text)
    #expect(throws: SettingsError.self) { try store.remove("a") }
    #expect(throws: SettingsError.self) { try store.add(try profile("a")) }
    #expect(try folder.text() == text)
    #expect(try folder.names() == ["config.yaml"])
  }

  @Test(arguments: ["profiles: [", "profile:\n", "profiles:\n  a: {}\n"])
  func aFileWithAMistakeIsLeftAlone(text: String) throws {
    let store = try store(text)
    #expect(throws: SettingsError.self) { try store.add(try profile("live")) }
    #expect(try folder.text() == text)
  }

  @Test func aNameThatIsTakenOrMissingIsAnError() throws {
    let store = try store(Self.written)
    #expect(throws: SettingsError.self) { try store.add(try profile("live")) }
    #expect(throws: SettingsError.self) { try store.remove("liv") }
    #expect(throws: SettingsError.self) { try store.use("liv") }
    #expect(try folder.text() == Self.written)
  }

  @Test(arguments: ["", "-a", "a b", "a:b", "é", ".a", "a\nb", String(repeating: "a", count: 65)])
  func whatCannotBeAKeyIsNoName(name: String) {
    let signIn = SignInSetting.bearer(.variable("K"))
    #expect(throws: SettingsError.self) {
      try Profile(name: name, apiURL: BaseURL("https://a.example"), signIn: signIn)
    }
  }

  @Test func aSymbolicLinkStaysAndItsFileIsReplaced() throws {
    let store = try store(Self.written)
    symlink("\(folder.path)/config.yaml", "\(folder.path)/link.yaml")
    let link = try #require(ConfigurationFile(option: "\(folder.path)/link.yaml", environment: [:]))
    try ProfileStore(link).use("staging")
    #expect(try store.file.load().defaultProfile == "staging")
    var status = stat()
    lstat("\(folder.path)/link.yaml", &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func aFileThatOthersCouldReadIsPrivateAfterAChange() throws {
    let store = try store(Self.written, mode: 0o644)
    try store.use("staging")
    #expect(try folder.mode(of: "config.yaml") == 0o600)
  }

  @Test(arguments: [
    SecretSource.variable("K"), .file(path: "/run/my key"),
    .command(["pass", "show", "a, b: #c", "", "\"\\", "null"], in: nil),
    .inline(Secret("k\"e\\y: #1"), in: nil), .inline(Secret("null"), in: nil), .inline(Secret("0x1"), in: nil),
  ])
  func everySettingIsReadAsItWasWritten(source: SecretSource) throws {
    var profile = try Profile(name: "null", apiURL: try BaseURL("https://a.example/api"), signIn: .apiKey(source))
    profile.edition = .current
    profile.caFile = "/etc/ca 1.pem"
    profile.proxy = .proxy(try HTTPProxy("http://me%40home:p%40ss w%3Ard@proxy.example:3128"))
    profile.timeout = .milliseconds(1500)
    profile.concurrency = 256
    profile.redirectURI = "https://home.example/?a=b#c"
    profile.me = "ada+x@home.example"
    profile.isReadOnly = true
    profile.label = "- « PRODUCTION »: {é}"
    profile.colour = .magenta
    let store = try store("")
    try store.add(profile)
    let path = "\(folder.path)/config.yaml"
    switch source {
    case .inline(let secret, _): profile.signIn = .apiKey(.inline(secret, in: path))
    case .command(let words, _): profile.signIn = .apiKey(.command(words, in: path))
    case .variable, .file: break
    }
    #expect(try store.file.load().profiles == [profile])
  }

  @Test func clientCredentialsAreReadAsTheyWereWritten() throws {
    let signIn = SignInSetting.clientCredentials(
      .init(
        id: "id: 1", secret: .variable("SECRET"), tokenURL: try TokenURL("https://login.example/token"),
        scope: "cloud:read org:manage", audience: "https://api.example"))
    let store = try store("")
    try store.add(Profile(name: "a", apiURL: BaseURL("https://a.example"), signIn: signIn))
    #expect(try store.file.load().profiles.first?.signIn == signIn)
  }

  private func store(_ text: String, mode: mode_t = 0o600) throws -> ProfileStore {
    let path = try folder.write(text, mode: mode)
    return ProfileStore(try #require(ConfigurationFile(option: path, environment: [:])))
  }

  private func profile(_ name: String) throws -> Profile {
    try Profile(
      name: name, apiURL: BaseURL("https://\(name).example"), signIn: .bearer(.variable("\(name.uppercased())_KEY")))
  }
}
