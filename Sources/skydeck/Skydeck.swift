import ArgumentParser
import CloudCommands
import CloudConsole
import CloudProfiles

/// The command line.
struct Skydeck: EnvironmentCommand {
  static let configuration = CommandConfiguration(
    commandName: "skydeck",
    abstract: "A terminal admin console for BIMData clouds.",
    discussion: """
      Without a service at hand: skydeck --demo

      Variables:
      \(variables)

      Keys of the configuration file, which skydeck manual explains:
      \(keys)
      """,
    version: "0.2.0",
    subcommands: CloudCommands.subcommands + [Keys.self, Completion.self, Manual.self])

  private static var variables: String {
    let variables = SettingsReference.variables + SettingsReference.commonVariables
    let width = variables.map(\.name.count).max() ?? 0
    return variables.map { variable in
      let name = variable.name + String(repeating: " ", count: width - variable.name.count)
      return paragraph(name + "  ", variable.meaning)
    }.joined(separator: "\n")
  }

  private static var keys: String {
    SettingsReference.keysByPlace.map { paragraph("\($0.place):  ", $0.keys) }.joined(separator: "\n")
  }

  /// A title with text beside it, in lines of at most 79 columns.
  private static func paragraph(_ title: String, _ text: String) -> String {
    var lines = ["  " + title]
    for word in text.split(separator: " ") {
      let isFirst = lines[lines.count - 1].last == " "
      if !isFirst, lines[lines.count - 1].count + 1 + word.count > 79 {
        lines.append(String(repeating: " ", count: title.count + 2))
        lines[lines.count - 1] += word
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + word
      }
    }
    return lines.joined(separator: "\n")
  }

  @OptionGroup var service: ServiceOptions

  @Option(help: ArgumentHelp("Start at the cloud with this id.", valueName: "ID"))
  var cloud: String?

  @Option(
    help: ArgumentHelp("Start in this pane: clouds, users, invitations, processors or people.", valueName: "NAME"),
    completion: .list(["clouds", "users", "invitations", "processors", "people"]))
  var pane: String?

  @OptionGroup var appearance: AppearanceOptions

  @Option(
    help: ArgumentHelp(
      "Write requests and their outcomes to this file, and at the end the longest time that a key waited.",
      valueName: "PATH"), completion: .file())
  var logFile: String?

  func run(in environment: CommandEnvironment) async throws -> Int32 {
    if service.verbose || service.trace {
      throw ValidationError(
        "--verbose and --trace are for commands; the console shows its requests with L, and --log-file keeps them.")
    }
    return await ConsoleProgram.run(ConsoleArguments(self), environment: environment.variables)
  }
}
