#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the process with status 0 on SIGTERM and SIGINT, at once: there is nothing to save, and requests that are kept
/// waiting on purpose must not keep it.
func exitOnSignals() {
  for number in [SIGTERM, SIGINT] {
    signal(number) { _ in _exit(0) }
  }
}

/// Prints a line that a waiting process sees now, also through a pipe.
func printNow(_ line: String) {
  print(line)
  fflush(nil)
}
