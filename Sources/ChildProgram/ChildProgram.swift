#if canImport(Glibc)
  import Glibc
#endif

/// Starts other programs, without this program's signal handlers and without its limit on core files.
public enum ChildProgram {
  /// How a program runs.
  public enum Role: Sendable {
    /// Uses the terminal, as an editor does; found through PATH.
    case foreground
    /// Runs in its own session without input, so that it can't use the terminal. It writes to these descriptors.
    case background(output: Int32, errors: Int32)
  }

  /// The error for a program that could not be started.
  public struct StartError: Error, Sendable {
    /// The system's reason, as a sentence without a full stop.
    public let reason: String

    public init(reason: String) {
      self.reason = reason
    }
  }

  /// `POSIX_SPAWN_SETSID` of glibc 2.26, which Swift's Glibc module lacks.
  private static let newSession: Int32 = 0x80

  /// Starts a program, and returns as soon as it runs.
  ///
  /// - Parameters:
  ///   - words: the arguments, starting with the program's name.
  ///   - environment: the whole environment of the program.
  public static func start(
    _ file: String, _ words: [String], environment: [String: String], as role: Role
  ) throws(StartError) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if case .background(let output, let errors) = role {
      flags |= newSession
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var number: pid_t = 0
    let error = CoreFiles.allowing {
      switch role {
      case .foreground: posix_spawnp(&number, file, &actions, &attributes, &arguments, &variables)
      case .background: posix_spawn(&number, file, &actions, &attributes, &arguments, &variables)
      }
    }
    guard error == 0 else { throw StartError(reason: String(cString: strerror(error))) }
    return number
  }
}
