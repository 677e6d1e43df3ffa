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
    fileprivate var variableMeaning: String?

    init(
      _ keys: [String], in place: Place = .profile, elsewhere: [String] = [], _ meaning: String, unlessSet: String,
      variable: String? = nil
    ) {
      self.keys = keys
      self.place = place
      self.elsewhere = elsewhere
      self.meaning = meaning
      self.unlessSet = unlessSet
      variableMeaning = variable
    }
  }

  public static let entries: [Entry] = [
    Entry(
      ["default_profile"], in: .top, elsewhere: ["SKYDECK_PROFILE", "--profile"],
      "the name of the profile to use",
      unlessSet: "none"),
    Entry(["profiles"], in: .top, "services by name, each with its settings", unlessSet: "none"),
    Entry(["console"], in: .top, "how the console looks and takes input", unlessSet: "as below"),
    Entry(["api_url"], elsewhere: ["SKYDECK_API_URL", "--api-url"], "the service's address", unlessSet: "needed"),
    Entry(
      ["auth"], elsewhere: ["SKYDECK_AUTH"], "`bearer`, `api-key`, `raw` or, in a profile, `client-credentials`",
      unlessSet: "`bearer`", variable: "how the key is sent: `bearer`, `api-key` or `raw`"),
    Entry(
      ["key_env", "key_file", "key_command", "key"], elsewhere: ["SKYDECK_API_KEY"],
      "where the key is; one of them. `key` is the key itself, taken only if nobody else has rights to the file",
      unlessSet: "needed", variable: "the key; it is never an argument, which others could read"),
    Entry(
      [
        "client_id", "token_url", "client_secret_env", "client_secret_file", "client_secret_command", "client_secret",
      ],
      "the same for `client-credentials`; the secret is sent in the body, and by HTTP Basic to a service that refuses it "
        + "there", unlessSet: ""),
    Entry(
      ["scope", "audience"], "the scopes and the audience of such a token",
      unlessSet: "the service's own"),
    Entry(
      ["edition"], elsewhere: ["SKYDECK_EDITION"], "`classic`, `current` or `auto`, which asks the service by reading",
      unlessSet: "`auto`"),
    Entry(
      ["ca_file"], elsewhere: ["SKYDECK_CA_FILE"], "certificate authorities to trust beside the system's, in PEM form",
      unlessSet: "the system's alone"),
    Entry(
      ["proxy"], elsewhere: ["SKYDECK_PROXY"],
      "an HTTP proxy with its port, as `http://user:password@proxy.example.com:3128` where it asks for them (a password in "
        + "the file is taken only if nobody else has rights to the file), or `none`",
      unlessSet: "`HTTPS_PROXY`, but for the hosts in `NO_PROXY`"),
    Entry(
      ["timeout"], elsewhere: ["SKYDECK_TIMEOUT"], "for one request, from `1s` to `1h`",
      unlessSet: "30 s, 2 min for lists"),
    Entry(["concurrency"], elsewhere: ["SKYDECK_CONCURRENCY"], "requests at once, from 1 to 256", unlessSet: "16"),
    Entry(
      ["redirect_uri"], elsewhere: ["SKYDECK_REDIRECT_URI"],
      "the page opened after accepting an invitation; `{cloud}` in it becomes the cloud's id",
      unlessSet: "asked for"),
    Entry(
      ["read_only"], elsewhere: ["SKYDECK_READ_ONLY=1", "--read-only"], "refuse every write; nothing overrides it",
      unlessSet: "`false`"),
    Entry(
      ["low_bandwidth"], in: .profileAndConsole(words: "also in `console`"),
      elsewhere: ["SKYDECK_LOW_BANDWIDTH=1", "--low-bandwidth"],
      "send as few bytes as possible; one source is enough to turn it on", unlessSet: "`false`"),
    Entry(
      ["label", "colour"],
      "words for the header, in `red`, `green`, `yellow`, `blue`, `magenta` or `cyan`", unlessSet: "none"),
    Entry(
      ["theme"], in: .console, elsewhere: ["--theme"],
      "`dark`, `light`, `colour-blind` (nothing told by red against green), `none`, or `auto`: as the terminal says its "
        + "background is (OSC 11, else `COLORFGBG`)", unlessSet: "`auto`"),
    Entry(
      ["refresh"], in: .profileAndConsole(words: "also in `console` for all profiles"),
      "`off`, or how often the focused list is refreshed automatically, from `5s` to `24h`; less often while that fails",
      unlessSet: "`off`"),
    Entry(
      ["keymap"], in: .console,
      "keys by the names of commands, which `skydeck keys` lists, instead of their own", unlessSet: ""),
    Entry(
      ["ascii"], in: .console, elsewhere: ["--ascii"], "draw lines and signs in ASCII, whatever the locale",
      unlessSet: "`false`"),
    Entry(
      ["mouse"], in: .console,
      "take clicks and the wheel; hold Shift (Option on macOS) to select text. The command `mouse` switches "
        + "it, too", unlessSet: "`false`"),
    Entry(
      ["screen_reader"], in: .console, elsewhere: ["--screen-reader"],
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
    let settings = entries.flatMap { entry in
      entry.elsewhere.filter { !$0.hasPrefix("-") }.map { variable in
        Variable(
          name: String(variable.prefix { $0 != "=" }), meaning: plain(entry.variableMeaning ?? entry.meaning))
      }
    }
    return settings + [
      Variable(name: "SKYDECK_CONFIG", meaning: "the configuration file, in place of ~/.config/skydeck/config.yaml")
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
