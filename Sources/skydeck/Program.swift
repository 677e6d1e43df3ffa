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

/// What the process was started with on its first three descriptors.
enum StandardDescriptors {
  /// Makes them fit for everything that follows: output to a reader that has gone is an error of its own and no end of the
  /// process, and no file or connection comes to stand where one of them was closed.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest that is free is taken. Reading or writing it fails, as it would if it were closed.
      _ = open("/dev/null", (descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY))
    }
  }
}
