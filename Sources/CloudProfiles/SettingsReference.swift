/// All settings, for the README, the manual and `--help`. Code is in backquotes.
public enum SettingsReference {
  /// The meaning of keys in the configuration file, a variable and a flag.
  public struct Entry: Sendable {
    /// Where the keys are in the configuration file.
    public enum Place: Sendable {
      case top, profile, console
      case profileAndConsole(words: String)
    }

    public let keys: [String]
    public let place: Place
    /// The variable with a value, such as `SKYDECK_READ_ONLY=1`, then the flag.
    public let elsewhere: [String]
    public let meaning: String
    public let unlessSet: String
    /// The meaning of the variable, if it sets less than the keys do.
    fileprivate let variables: [Variable]

    /// - Parameter variable: the meaning of the variable, if it sets less than the keys do.
    fileprivate init(
      _ keys: [FileKey], in place: Place, _ meaning: String, unlessSet: String, variable: String? = nil
    ) {
      self.keys = keys.map(\.name)
      self.place = place
      elsewhere = keys.flatMap { key in [key.variable.map { key.isSwitch ? $0 + "=1" : $0 }, key.flag] }
        .compactMap { $0 }
      self.meaning = meaning
      self.unlessSet = unlessSet
      variables = keys.compactMap(\.variable).map { Variable(name: $0, meaning: plain(variable ?? meaning)) }
    }

    fileprivate static func top(_ key: Configuration.TopName, _ meaning: String, unlessSet: String) -> Entry {
      Entry([key.key], in: .top, meaning, unlessSet: unlessSet)
    }

    fileprivate static func profile(
      _ keys: SettingName..., means meaning: String, unlessSet: String, variable: String? = nil
    ) -> Entry {
      Entry(keys.map(\.key), in: .profile, meaning, unlessSet: unlessSet, variable: variable)
    }

    fileprivate static func both(
      _ key: SettingName, _ words: String, means meaning: String, unlessSet: String
    ) -> Entry {
      Entry([key.key], in: .profileAndConsole(words: words), meaning, unlessSet: unlessSet)
    }

    fileprivate static func console(_ key: ConsoleSettings.Name, _ meaning: String, unlessSet: String) -> Entry {
      Entry([key.key], in: .console, meaning, unlessSet: unlessSet)
    }
  }

  public static let entries: [Entry] = [
    .top(.defaultProfile, "the name of the profile to use", unlessSet: "none"),
    .top(.profiles, "services by name, each with its settings", unlessSet: "none"),
    .top(.console, "how the console looks and takes input", unlessSet: "as below"),
    .profile(.apiURL, means: "the service's address", unlessSet: "needed"),
    .profile(
      .auth, means: "`bearer`, `api-key`, `raw` or, in a profile, `client-credentials`", unlessSet: "`bearer`",
      variable: "how the key is sent: `bearer`, `api-key` or `raw`"),
    .profile(
      .keyEnv, .keyFile, .keyCommand, .key,
      means: "where the key is; one of them. `key` is the key itself, taken only if nobody else has rights to the file",
      unlessSet: "needed", variable: "the key; it is never an argument, which others could read"),
    .profile(
      .clientID, .tokenURL, .clientSecretEnv, .clientSecretFile, .clientSecretCommand, .clientSecret,
      means: "the same for `client-credentials`; the secret is sent in the body, and by HTTP Basic to a service that "
        + "refuses it there", unlessSet: ""),
    .profile(
      .scope, .audience, means: "the scopes and the audience of such a token",
      unlessSet: "the service's own"),
    .profile(
      .edition, means: "`classic`, `current` or `auto`, which asks the service by reading", unlessSet: "`auto`"),
    .profile(
      .caFile, means: "certificate authorities to trust beside the system's, in PEM form",
      unlessSet: "the system's alone"),
    .profile(
      .proxy,
      means: "an HTTP proxy with its port, as `http://user:password@proxy.example.com:3128` where it asks for them (a "
        + "password in the file is taken only if nobody else has rights to the file), or `none`",
      unlessSet: "`HTTPS_PROXY`, but for the hosts in `NO_PROXY`"),
    .profile(.timeout, means: "for one request, from `1s` to `1h`", unlessSet: "30 s, 2 min for lists"),
    .profile(.concurrency, means: "requests at once, from 1 to 256", unlessSet: "16"),
    .profile(
      .redirectURI, means: "the page opened after accepting an invitation; `{cloud}` in it becomes the cloud's id",
      unlessSet: "asked for"),
    .profile(
      .me,
      means:
        "your own e-mail address in the service, which doesn't tell whose key it is: your name is marked “(you)”, and "
        + "your own access is changed last and confirmed by typing", unlessSet: "unknown"),
    .profile(.readOnly, means: "refuse every write; nothing overrides it", unlessSet: "`false`"),
    .both(
      .lowBandwidth, "also in `console`", means: "send as few bytes as possible; one source is enough to turn it on",
      unlessSet: "`false`"),
    .profile(
      .label, .colour, means: "words for the header, in `red`, `green`, `yellow`, `blue`, `magenta` or `cyan`",
      unlessSet: "none"),
    .console(
      .theme,
      "`dark`, `light`, `colour-blind` (nothing told by red against green), `none`, or `auto`: as the terminal says its "
        + "background is (OSC 11, else `COLORFGBG`)", unlessSet: "`auto`"),
    .both(
      .refresh, "also in `console` for all profiles",
      means: "`off`, or how often the focused list is refreshed automatically, from `5s` to `24h`; less often while "
        + "that fails", unlessSet: "`off`"),
    .console(
      .keymap, "keys by the names of commands, which `skydeck keys` lists, instead of their own", unlessSet: ""),
    .console(.ascii, "draw lines and signs in ASCII, whatever the locale", unlessSet: "`false`"),
    .console(
      .mouse,
      "take clicks and the wheel; hold Shift (Option on macOS) to select text. The command `mouse` switches "
        + "it, too", unlessSet: "`false`"),
    .console(
      .screenReader,
      "draw one pane or dialog at a time in lines, with the cursor on the selected row and what changed said in the last "
        + "line but one", unlessSet: "`false`"),
  ]

  /// An environment variable and its meaning.
  public struct Variable: Sendable {
    public let name: String
    public let meaning: String
  }

  /// The variables of skydeck itself.
  public static var variables: [Variable] {
    entries.flatMap(\.variables) + [
      Variable(
        name: ConfigurationFile.variable, meaning: "the configuration file, in place of ~/.config/skydeck/config.yaml")
    ]
  }

  /// The common variables that skydeck reads.
  public static let commonVariables = [
    Variable(name: "NO_COLOR", meaning: "draws without colours, unless --theme says otherwise"),
    Variable(
      name: "VISUAL, EDITOR", meaning: "the editor for a record as JSON; it sees no variable that holds a key"),
    Variable(
      name: "HTTPS_PROXY, NO_PROXY",
      meaning: "the default proxy and the hosts to bypass, as in curl"),
    Variable(
      name: "SSL_CERT_FILE, SSL_CERT_DIR", meaning: "certificate authorities to trust beside the system's"),
  ]

  /// The keys of each place in the file, separated by commas.
  public static var keysByPlace: [(place: String, keys: String)] {
    let places: [(String, (Entry.Place) -> Bool)] = [
      ("at the top", { if case .top = $0 { true } else { false } }),
      ("in a profile", { if case .profile = $0 { true } else if case .profileAndConsole = $0 { true } else { false } }),
      ("in console", { if case .console = $0 { true } else if case .profileAndConsole = $0 { true } else { false } }),
    ]
    return places.map { place, isIn in
      (place, entries.filter { isIn($0.place) }.flatMap(\.keys).joined(separator: ", "))
    }
  }

  /// Removes backquotes.
  public static func plain(_ text: String) -> String {
    text.replacing("`", with: "")
  }

  /// The rows of the README's table.
  static var markdown: String {
    entries.map { entry in
      let keys = code(entry.keys)
      let place =
        switch entry.place {
        case .top, .profile: keys
        case .console: "\(keys) in `console`"
        case .profileAndConsole(let words): "\(keys), \(words)"
        }
      return "| \(place) | \(code(entry.elsewhere)) | \(entry.meaning) | \(entry.unlessSet) |\n"
        .replacing("  ", with: " ")
    }.joined()
  }

  private static func code(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
  }
}
