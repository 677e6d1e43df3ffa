import ArgumentParser
import CloudAPI
import CloudProfiles

/// The options for a new profile besides its address, named like the settings.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("bearer, api-key, raw or client-credentials.", valueName: "how"),
    completion: .choices(of: SignInSetting.Method.self))
  var auth: String?

  @Option(help: ArgumentHelp("The key is in this variable.", valueName: "VARIABLE"))
  var keyEnv: String?

  @Option(help: ArgumentHelp("The key is the first line of this file.", valueName: "PATH"), completion: .file())
  var keyFile: String?

  @Option(help: ArgumentHelp("The key is what this program prints; no shell runs it.", valueName: "COMMAND"))
  var keyCommand: String?

  @Flag(help: "Read the key, or the client's secret, from standard input, and keep it in the configuration file.")
  var keyStdin = false

  @Option(help: ArgumentHelp("The application that signs in.", valueName: "ID"))
  var clientID: String?

  @Option(help: ArgumentHelp("Where it gets its tokens.", valueName: "URL"))
  var tokenURL: String?

  @Option(help: ArgumentHelp("What its tokens are asked to allow.", valueName: "names"))
  var scope: String?

  @Option(help: ArgumentHelp("For which service its tokens are asked.", valueName: "name"))
  var audience: String?

  @Option(help: ArgumentHelp("Its secret is in this variable.", valueName: "VARIABLE"))
  var clientSecretEnv: String?

  @Option(help: ArgumentHelp("Its secret is the first line of this file.", valueName: "PATH"), completion: .file())
  var clientSecretFile: String?

  @Option(help: ArgumentHelp("Its secret is what this program prints.", valueName: "COMMAND"))
  var clientSecretCommand: String?

  @Option(
    help: ArgumentHelp("classic, current or auto.", valueName: "edition"),
    completion: .choices(of: EditionSetting.self))
  var edition: String?

  @Option(
    help: ArgumentHelp("Trust the authorities in this file beside the system's.", valueName: "PATH"),
    completion: .file())
  var caFile: String?

  @Option(help: ArgumentHelp("Go by way of this HTTP proxy; none sets HTTPS_PROXY aside.", valueName: "URL"))
  var proxy: String?

  @Option(help: ArgumentHelp("For one request: 30s.", valueName: "duration"))
  var timeout: String?

  @Option(help: ArgumentHelp("Requests at once.", valueName: "N"))
  var concurrency: String?

  @Option(help: ArgumentHelp("Where invited people land.", valueName: "URI"))
  var redirectURI: String?

  @Option(help: ArgumentHelp("Your own e-mail address in the service, which marks you.", valueName: "EMAIL"))
  var me: String?

  @Option(help: ArgumentHelp("How often the console reads lists again by itself: off or 5m.", valueName: "interval"))
  var refresh: String?

  @Option(help: ArgumentHelp("Words for the header, such as PRODUCTION.", valueName: "text"))
  var label: String?

  @Option(
    help: ArgumentHelp("red, green, yellow, blue, magenta or cyan.", valueName: "name"),
    completion: .choices(of: ProfileColour.self))
  var colour: String?

  func draft(named name: String) -> ProfileDraft {
    var draft = ProfileDraft(name: name)
    let texts: [SettingName: String?] = [
      .auth: auth, .keyEnv: keyEnv, .keyFile: keyFile, .keyCommand: keyCommand, .clientID: clientID,
      .tokenURL: tokenURL, .scope: scope, .audience: audience, .clientSecretEnv: clientSecretEnv,
      .clientSecretFile: clientSecretFile,
      .clientSecretCommand: clientSecretCommand, .edition: edition, .caFile: caFile, .proxy: proxy, .timeout: timeout,
      .concurrency: concurrency, .redirectURI: redirectURI, .me: me, .refresh: refresh,
      .label: label, .colour: colour,
    ]
    draft.texts = texts.compactMapValues { $0 }
    return draft
  }
}

extension CompletionKind {
  /// Completion with the values of a setting.
  fileprivate static func choices<Value: CaseIterable & RawRepresentable<String>>(of type: Value.Type) -> CompletionKind
  {
    .list(Value.allCases.map(\.rawValue))
  }
}

/// Completes the names of profiles.
enum ProfileName {
  /// The environment of the command line being parsed: the parser doesn't pass it to completions.
  @TaskLocal static var variables: [String: String] = [:]

  static let completion = CompletionKind.custom { words, _, _ in
    guard let file = ConfigurationFile(option: file(in: words, variables), environment: variables),
      let configuration = try? file.load()
    else { return [] }
    return configuration.profiles.map(\.name)
  }

  /// The file given with `--config`, if there is one. The words are as typed; bash makes a `=` a word of its own.
  private static func file(in words: [String], _ environment: [String: String]) -> String? {
    let name = "--config"
    guard let index = words.firstIndex(where: { $0 == name || $0.hasPrefix(name + "=") }) else { return nil }
    let rest = words[(index + 1)...].drop { $0 == "=" }
    let path = words[index] == name ? rest.first ?? "" : String(words[index].dropFirst(name.count + 1))
    guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
