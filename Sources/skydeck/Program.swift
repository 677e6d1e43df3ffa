import ArgumentParser
import CloudCommands

#if canImport(Glibc)
  import Glibc
#endif

/// Where the process begins, on the main actor and before anything runs elsewhere.
@main
enum Program {
  @MainActor
  static func main() async {
    BackgroundQueue.install()
    let words = Array(CommandLine.arguments.dropFirst())
    // The console's own arguments need no parser, whose look at all commands takes longer than the rest of the start.
    if let arguments = ConsoleArguments(words: words) { exit(await ConsoleProgram.run(arguments)) }
    do {
      var command = try Skydeck.parseAsRoot()
      if !(command is Skydeck) { try ConsoleOptions.refuse(in: CommandLine.arguments) }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      CommandLineFailure.exit(Skydeck.self, after: error, arguments: words)
    }
  }
}
