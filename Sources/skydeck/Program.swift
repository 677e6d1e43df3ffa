import ArgumentParser
import CloudCommands

/// Where the process begins, on the main actor and before anything runs elsewhere.
@main
enum Program {
  @MainActor
  static func main() async {
    BackgroundQueue.install()
    do {
      var command = try Skydeck.parseAsRoot()
      if !(command is Skydeck) { try ConsoleOptions.refuse(in: CommandLine.arguments) }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      CommandLineFailure.exit(Skydeck.self, after: error, arguments: Array(CommandLine.arguments.dropFirst()))
    }
  }
}
