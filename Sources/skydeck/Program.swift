import ArgumentParser
import CloudCommands
import CloudProfiles
import NcursesTerminal

#if canImport(Glibc)
  import Glibc
#endif

/// Starts the process, on the main actor and before anything else runs.
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
      // The console's own arguments bypass the parser, which takes longer than the rest of the start to examine all
      // commands.
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

/// The first three file descriptors, as the process inherited them.
enum StandardDescriptors {
  /// Makes them safe to use: output to a closed reader becomes an error and doesn't end the process, and no file or
  /// connection gets the number of a closed one.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // Opening takes the lowest free number. Reading or writing it fails, as if it were closed.
      _ = open("/dev/null", (descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY))
    }
  }
}
