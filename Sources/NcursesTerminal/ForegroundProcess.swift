import CNcurses
import Glibc

/// A program that has the terminal to itself, such as an editor.
@MainActor
struct ForegroundProcess {
  let identifier: pid_t

  /// Starts a program, found in PATH, with none of this one's signal settings.
  ///
  /// - Parameter starting: what surrounds its start.
  init(
    _ arguments: [String], environment: [String: String], starting: (() -> Int32) -> Int32
  ) throws(TerminalError) {
    guard let name = arguments.first else { throw .programNotStarted(name: "", reason: "no name was given") }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var vector = arguments.map { strdup($0) }
    vector.append(nil)
    var variables = environment.map { strdup("\($0.key)=\($0.value)") }
    variables.append(nil)
    defer { for text in vector + variables { free(text) } }
    var identifier: pid_t = 0
    let error = starting { posix_spawnp(&identifier, name, nil, &attributes, vector, variables) }
    guard error == 0 else { throw .programNotStarted(name: name, reason: String(cString: strerror(error))) }
    self.identifier = identifier
  }

  /// Waits for its end without holding up anything else.
  ///
  /// - Returns: the exit status; 128 and the number of the signal that ended it, as shells count.
  func wait() async -> Int32 {
    let descriptor = cnc_pidfd_open(identifier)
    if descriptor >= 0 {
      await withCheckedContinuation { continuation in
        var watch: MainLoop.Watch?
        watch = MainLoop.watch(reading: descriptor) {
          watch?.cancel()
          watch = nil
          close(descriptor)
          continuation.resume()
        }
      }
    }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
