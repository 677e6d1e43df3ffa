import CloudProfiles

/// The manual page for `man`, in the macros of man(7), made from the declarations that also parse the command line.
public struct ManualPage {
  private let root: CommandDescription
  private let version: String
  private var lines: [String] = []

  /// - Parameter dump: the parser's description of all commands.
  /// - Throws: `DecodingError` if the parser's format is not the expected one.
  public init(dump: String, version: String) throws {
    root = try CommandDescription(dump: dump)
    self.version = version
  }

  /// The page's source.
  public var source: String {
    var page = self
    page.write()
    return page.lines.joined(separator: "\n") + "\n"
  }

  private mutating func write() {
    lines.append(".TH SKYDECK 1 \"\" \"skydeck \(version)\" \"User Commands\"")
    section("NAME")
    lines.append(Self.escaped("skydeck") + " \\- " + Self.escaped(root.abstract ?? ""))
    section("SYNOPSIS")
    paragraph("skydeck [options]")
    paragraph("skydeck noun verb [arguments] [options]")
    section("DESCRIPTION")
    paragraph("Without a noun, skydeck opens the console. Each operation of the API is a command, a noun and a verb.")
    section("OPTIONS")
    arguments(root.arguments ?? [])
    section("COMMANDS")
    for command in root.subcommands ?? [] { write(command, under: root.commandName, besides: Set(names(of: root))) }
    section("ENVIRONMENT")
    for variable in SettingsReference.variables + SettingsReference.commonVariables {
      tag(variable.name, variable.meaning)
    }
    section("CONFIGURATION FILE")
    for entry in SettingsReference.entries { describe(entry) }
    section("EXIT STATUS")
    for status in ExitStatus.allCases { tag(String(status.rawValue), status.meaning) }
    section("FILES")
    tag("~/.config/skydeck/config.yaml", "services under names, and how the console looks; XDG_CONFIG_HOME moves it")
    tag("~/.cache/skydeck/editions", "which edition each service was found to speak; XDG_CACHE_HOME moves it")
  }

  /// - Parameter known: the options that every command has, which are described only once.
  private mutating func write(_ command: CommandDescription, under path: String, besides known: Set<String>) {
    guard command.shouldDisplay != false, command.commandName != "help" else { return }
    let name = "\(path) \(command.commandName)"
    if let subcommands = command.subcommands, !subcommands.isEmpty {
      for subcommand in subcommands { write(subcommand, under: name, besides: known) }
      return
    }
    let own = (command.arguments ?? []).filter { argument in
      argument.shouldDisplay && !known.contains(argument.signature) && argument.signature != "-h, --help"
    }
    lines.append(".SS " + Self.escaped(([name] + own.map(\.synopsis)).joined(separator: " ")))
    if let abstract = command.abstract { paragraph(abstract) }
    preformatted(command.discussion)
    arguments(own)
  }

  private mutating func describe(_ entry: SettingsReference.Entry) {
    let place =
      switch entry.place {
      case .top: " (at the top)"
      case .profile: " (in a profile)"
      case .console: " (in console)"
      case .profileAndConsole: " (in a profile or in console)"
      }
    let elsewhere = entry.elsewhere.isEmpty ? "" : " (\(entry.elsewhere.joined(separator: ", ")))"
    let unlessSet = entry.unlessSet.isEmpty ? "" : " Unless set: \(entry.unlessSet)."
    tag(
      entry.keys.joined(separator: ", ") + place, SettingsReference.plain(entry.meaning + elsewhere + "." + unlessSet))
  }

  private func names(of command: CommandDescription) -> [String] {
    (command.arguments ?? []).map(\.signature)
  }

  // MARK: Macros

  private mutating func section(_ title: String) {
    lines.append(".SH " + title)
  }

  private mutating func paragraph(_ text: String) {
    lines += [".PP", Self.escaped(text)]
  }

  private mutating func arguments(_ arguments: [CommandDescription.Argument]) {
    for argument in arguments where argument.shouldDisplay {
      tag(argument.signature, [argument.abstract, argument.discussion].compactMap { $0 }.joined(separator: " "))
    }
  }

  private mutating func tag(_ term: String, _ text: String) {
    lines += [".TP", "\\fB" + Self.escaped(term) + "\\fR", Self.escaped(text)]
  }

  /// Text with unchanged lines, for examples.
  private mutating func preformatted(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    lines += [".PP", ".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.escaped($0) }
    lines.append(".fi")
  }

  /// The text with roff's special characters escaped.
  private static func escaped(_ text: some StringProtocol) -> String {
    let escaped = String(text).replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
