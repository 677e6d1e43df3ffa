import CloudAPI
import Dispatch

/// Asks the person at the terminal for what nobody is to read on it.
struct HiddenAnswer {
  let errors: OutputQueue

  /// What is typed isn't shown; the terminal is as before afterwards, also when the task is cancelled meanwhile, or the process
  /// stopped or ended.
  ///
  /// - Returns: `nil` at the end of the input, or if cancelled.
  func ask(_ prompt: String) async -> Secret? {
    // Before the prompt is there, and what was typed before it is forgotten: it was shown.
    guard let end = SilentTerminal.begin(prompt: prompt) else { return nil }
    defer { end() }
    errors.write(prompt)
    await errors.flush()
    let line = AsyncStream<String?>.makeStream()
    // On a thread of its own: reading waits as long as the person does, and Ctrl-C doesn't wait for it.
    DispatchQueue(label: "answer").async {
      SilentTerminal.stopsInBackground()
      line.continuation.yield(readLine())
      line.continuation.finish()
    }
    for await text in line.stream { return text.map { Secret($0) } }
    errors.write("\n")
    return nil
  }
}
