import ChildProgram
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
    let words: [String]
    do {
      words = try ProcessArguments.words()
    } catch {
      exit(
        await CommandLineRun(Skydeck.self, Array(CommandLine.arguments.dropFirst()), in: .process).status(after: error))
    }
    if let name = ProcessEnvironment.unreadableSetting {
      let message = "The variable \(name) is not UTF-8 text."
      exit(await CommandLineRun(Skydeck.self, words, in: .process).status(settings: message))
    }
    // The console's own arguments need no parser, whose look at all commands takes longer than the rest of the start.
    if let arguments = ConsoleArguments(words: words) {
      exit(await ConsoleProgram.run(arguments, environment: ProcessEnvironment.all))
    }
    exit(
      await CommandLineRun(Skydeck.self, words, in: .process).status { command in
        if !(command is Skydeck) { try ConsoleOptions.refuse(in: words) }
      })
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
