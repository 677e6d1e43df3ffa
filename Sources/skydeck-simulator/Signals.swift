#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the process with status 0 on SIGTERM and SIGINT, at once: there is nothing to save, and requests that are kept
/// waiting on purpose must not keep it. SIGQUIT ends it, too, and not Swift's backtracer, which would ask what to do.
func exitOnSignals() {
  for number in [SIGTERM, SIGINT] {
    signal(number) { _ in _exit(0) }
  }
  signal(SIGQUIT, SIG_DFL)
}

/// Prints a line that a waiting process sees now, also through a pipe.
func printNow(_ line: String) {
  print(line)
  fflush(nil)
}
