import ArgumentParser
import CloudCommands
import CloudProfiles
import NcursesTerminal

#if canImport(Glibc)
  import Glibc
#endif

/// Where the process begins, on the main actor and before anything runs elsewhere.
@main
enum Program {
  @MainActor
  static func main() {
    Signals.endOnQuit()
    StandardDescriptors.prepare()
    CoreFiles.forbid()
    BackgroundQueue.install()
    MainLoop.run { await run() }
  }

  @MainActor
  private static func run() async {
    var words = Array(CommandLine.arguments.dropFirst())
    do {
      words = try ProcessArguments.words()
      if let name = ProcessEnvironment.unreadableSetting {
        CommandLineFailure.exit(settings: "The variable \(name) is not UTF-8 text.", arguments: words)
      }
      // The console's own arguments need no parser, whose look at all commands takes longer than the rest of the start.
      if let arguments = ConsoleArguments(words: words) { exit(await ConsoleProgram.run(arguments)) }
      var command = try Skydeck.parseAsRoot(words)
      if !(command is Skydeck) { try ConsoleOptions.refuse(in: words) }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      exit(0)
    } catch {
      CommandLineFailure.exit(Skydeck.self, after: error, arguments: words)
    }
  }
}
