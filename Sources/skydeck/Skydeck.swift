import ArgumentParser
import CloudCommands
import CloudConsole
import CloudProfiles

/// The command line.
struct Skydeck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skydeck",
    abstract: "A terminal admin console for BIMData clouds.",
    discussion: """
      SKYDECK_API_URL       the service's address, as https://api.bimdata.io
      SKYDECK_API_KEY       the key; it is never an argument
      SKYDECK_PROFILE       the profile to use, as --profile does
      SKYDECK_CONFIG        the configuration file, instead of ~/.config/skydeck/config.yaml
      SKYDECK_REDIRECT_URI  where invited people land, to begin the form with
      SKYDECK_CONCURRENCY   how many sizes are read at once (16)
      NO_COLOR              draws without colours

      Without a service at hand: skydeck --demo
      """,
    version: "0.2.0",
    subcommands: CloudCommands.subcommands + [Keys.self, Completion.self, Manual.self])

  @OptionGroup var service: ServiceOptions

  @Option(help: ArgumentHelp("Begin at the cloud with this id.", valueName: "ID"))
  var cloud: String?

  @Option(help: ArgumentHelp("Begin in this pane: clouds, users, invitations or processors.", valueName: "NAME"))
  var pane: String?

  @OptionGroup var appearance: AppearanceOptions

  @Option(
    help: ArgumentHelp(
      "Write requests and how they ended to this file, and last the longest time that no key was answered.",
      valueName: "PATH"))
  var logFile: String?

  func run() async throws {
    if service.verbose || service.trace {
      throw ValidationError(
        "--verbose and --trace are for commands; the console shows its requests with L, and --log-file keeps them.")
    }
    let status = await ConsoleProgram.run(ConsoleArguments(self))
    throw ExitCode(status)
  }
}

/// `skydeck keys`.
struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "keys", abstract: "Print the keymap.")

  @OptionGroup var service: ServiceOptions

  @Flag(help: "As a Markdown table, with the API's operations.")
  var markdown = false

  func run() throws {
    let keymap: Keymap
    do throws(SettingsError) {
      keymap = try Keymap(try service.configuration(environment: ProcessEnvironment.all))
    } catch {
      StandardError.print(error.message)
      throw ExitCode(SettingsError.exitStatus)
    }
    print(markdown ? keymap.markdown : keymap.plainText, terminator: "")
  }
}
