import CloudProfiles
import Testing

/// Each error names its line, its column and the correction.
@Suite struct ConfigurationErrorTests {
  @Test(arguments: [
    ("profile: live", "line 1, column 1: unknown key “profile”; did you mean “profiles”?"),
    ("colours: red", "line 1, column 1: unknown key “colours”."),
    ("- a\n- b", "line 1, column 1: the configuration must be a mapping of names to values, and is a list."),
    ("profiles: live", "line 1, column 11: profiles must be a mapping of names to values, and is a single value."),
    ("profiles:\n  -x: {}", "line 2, column 3: “-x” can't be the name of a profile"),
    ("profiles:\n  live: yes", "line 2, column 9: the profile “live” must be a mapping"),
    ("profiles:\n  live: {key_env: K}", "line 2, column 9: the profile “live” has no api_url"),
    ("default_profile: prod", "line 1, column 1: there is no profile “prod”."),
    (
      "console:\n  theme: drak", "line 2, column 10: theme is “drak”: set it to auto, dark, light, colour-blind or none"
    ),
    ("console:\n  theme: drak", "(did you mean “dark”?)"),
    ("console:\n  refresh: 4s", "line 2, column 12: refresh is “4s”: set it to off or to a duration from 5s to 24h"),
    ("console:\n  refresh: 30", "such as 5m"),
    ("console:\n  mouse: \"true\"", "line 2, column 10: mouse is text: write true or false without quotes."),
    ("console:\n  ascii: yes", "line 2, column 10: ascii is “yes”: set it to true or false."),
    ("console:\n  ascii:", "ascii must be a single value, and is nothing."),
    ("console:\n  keymap:\n    quit: {}", "line 3, column 11: quit must be a key or a list of keys"),
    ("console:\n  keymap:\n    quit: [Q, [R]]", "line 3, column 15: a key of quit must be a single value"),
  ])
  func aMistakeInTheFileIsNamedWithItsPlace(text: String, message: String) {
    expect(text, toBeRefusedWith: message)
  }

  @Test(arguments: [
    ("api_ulr: x", "line 4, column 5: unknown key “api_ulr”; did you mean “api_url”?"),
    ("color: red", "line 4, column 5: unknown key “color”; did you mean “colour”?"),
    ("edition: newest", "line 4, column 14: edition is “newest”: set it to classic, current or auto."),
    ("concurrency: 0", "line 4, column 18: concurrency is “0”: set it to a number from 1 to 256."),
    ("concurrency: 257", "set it to a number from 1 to 256."),
    ("me: ada", "me is “ada”: set it to an e-mail address, such as ada@example.com."),
    ("me: ada@x@y", "set it to an e-mail address"), ("me: '@x'", "set it to an e-mail address"),
    ("concurrency: many", "set it to a number from 1 to 256."),
    ("concurrency: [1]", "concurrency must be a single value, and is a list."),
    ("timeout: 500ms", "timeout is “500ms”: set it to a duration from 1s to 1h, such as 30s."),
    ("timeout: 2h", "set it to a duration from 1s to 1h"),
    ("read_only: 1", "read_only is “1”: set it to true or false."),
    ("colour: crimson", "colour is “crimson”: set it to red, green, yellow, blue, magenta or cyan."),
    ("label: ''", "label: set it to 1 to 40 characters."),
    ("proxy: https://p:1", "proxy is “https://p:1”: set it to none or to an HTTP proxy with its port"),
  ])
  func aMistakeInASettingIsNamedWithItsPlace(line: String, message: String) {
    expect(
      "profiles:\n  live:\n    api_url: https://api.bimdata.io\n    \(line)\n    key_env: K\n", toBeRefusedWith: message
    )
  }

  @Test(arguments: [
    ("key_env: SKYDECK_API_KEY", "name another variable"),
    ("key_file: ''", "key_file: set it to the path of a file."),
    ("key_command: []", "line 4, column 18: key_command names no program."),
    ("key_command: pass 'show", "line 4, column 18: key_command has a quote that isn't closed."),
    ("key_command: [pass, {}]", "line 4, column 25: each word of key_command must be a single value"),
    ("client_id: x", "client_id belongs to auth: client-credentials, and this profile has auth: bearer."),
    ("auth: basic", "auth is “basic”: set it to bearer, api-key, raw or client-credentials."),
    ("auth: client-credentials", "line 4, column 5: auth: client-credentials needs a client_id."),
    ("label: x", "line 3, column 5: the profile “live” has no key: add one of key_env, key_file, key_command, key."),
    ("key_env: A\n    key_file: b", "line 5, column 5: key_env and key_file are set: keep one of them."),
    ("key_env: A\n    key_env: B", "“key_env” is set here and once more below"),
    ("key_env: A\n    !mine key_env: B", "line 5, column 5: “key_env” is set a second time here"),
  ])
  func aMistakeInTheWayToSignInIsNamedWithItsPlace(line: String, message: String) {
    expect("profiles:\n  live:\n    api_url: https://api.bimdata.io\n    \(line)\n", toBeRefusedWith: message)
  }

  @Test(arguments: [
    ("profiles: [", "line 2, column 1"),
    ("profiles:\n\tlive:", "line 2, column 1"),
    ("a: *nowhere", "line 1, column 4"),
    ("a: 1\n---\nb: 2", "line 2, column 1"),
    ("{a: b}: c", "line 1, column 1: a name is expected here"),
    ("a: 1\nb: \u{1}", "line 2, column 4"),
  ])
  func whatIsNoYAMLIsNamedWithItsPlace(text: String, message: String) {
    expect(text, toBeRefusedWith: message)
  }

  @Test func anAddressThatMayHoldAKeyIsNotRepeated() {
    expect("profiles:\n  a: {api_url: 'https://key@a.example'}", toBeRefusedWith: "user name or password") { message in
      #expect(!message.contains("key@"))
    }
  }

  @Test func aKeyInPlaceOfAVariablesNameIsNotRepeated() {
    expect("profiles:\n  a: {api_url: https://a.example, key_env: sk-1234}", toBeRefusedWith: "key_env: set it") {
      #expect(!$0.contains("sk-1234"))
    }
  }

  @Test func aliasesOfAliasesDoNotFillTheMemory() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in 1...12 {
      let alias = "*a\(level - 1)"
      lines.append("a\(level): &a\(level) [" + Array(repeating: alias, count: 10).joined(separator: ", ") + "]")
    }
    expect(lines.joined(separator: "\n"), toBeRefusedWith: "the configuration is too large")
  }

  @Test func escapeSequencesInAFileDoNotReachTheTerminal() {
    expect("\"\\e[31mred\": 1", toBeRefusedWith: "unknown key") { #expect(!$0.contains("\u{1B}")) }
  }

  private func expect(
    _ text: String, toBeRefusedWith part: String, _ check: (String) -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do throws(SettingsError) {
      _ = try Configuration(text: text, path: "/c.yaml", home: nil)
      Issue.record("“\(text)” was taken", sourceLocation: sourceLocation)
    } catch {
      #expect(error.message.hasPrefix("/c.yaml, line "), sourceLocation: sourceLocation)
      #expect(error.message.contains(part), "\(error.message)", sourceLocation: sourceLocation)
      check(error.message)
    }
  }
}
