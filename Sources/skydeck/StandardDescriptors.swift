#if canImport(Glibc)
  import Glibc
#endif

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
