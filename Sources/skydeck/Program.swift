import ChildProgram
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
