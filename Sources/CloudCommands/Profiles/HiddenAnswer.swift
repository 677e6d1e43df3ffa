import CloudAPI
import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// Asks the person at the terminal for what nobody is to read on it.
struct HiddenAnswer {
  let errors: OutputQueue

  /// What is typed isn't shown; the terminal is as before afterwards, also when the task is cancelled meanwhile.
  ///
  /// - Returns: `nil` at the end of the input, or if cancelled.
  func ask(_ prompt: String) async -> Secret? {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    // The Enter that ends it is the one thing to see.
    silent.c_lflag |= tcflag_t(ECHONL)
    // Before the prompt is there, and what was typed before it is forgotten: it was shown.
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
    errors.write(prompt)
    await errors.flush()
    let line = AsyncStream<String?>.makeStream()
    // On a thread of its own: reading waits as long as the person does, and Ctrl-C doesn't wait for it.
    DispatchQueue(label: "answer").async {
      line.continuation.yield(readLine())
      line.continuation.finish()
    }
    for await text in line.stream { return text.map { Secret($0) } }
    errors.write("\n")
    return nil
  }
}
