import CloudCommands
import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// Standard input, read on a thread of its own: a read may take long, and Ctrl-C must not wait for it.
struct StandardInput: CommandInput {
  func bytes(upTo limit: Int) async throws(CommandInputError) -> [UInt8]? {
    try await Self.value { Self.bytes(upTo: limit) }?.get()
  }

  func line() async -> String? {
    await Self.value { readLine() } ?? nil
  }

  func dropTypedAhead() {
    _ = tcflush(STDIN_FILENO, TCIFLUSH)
  }

  /// Restores the terminal afterwards, even if the task is cancelled or the process is stopped or ended.
  func hiddenLine(_ prompt: String, on errors: OutputQueue) async -> String? {
    // Before the prompt is shown; this discards earlier input, which was echoed.
    guard let end = SilentTerminal.begin(prompt: prompt) else { return nil }
    defer { end() }
    errors.write(prompt)
    await errors.flush()
    let line = await Self.value {
      SilentTerminal.stopsInBackground()
      return readLine()
    }
    if line == nil { errors.write("\n") }
    return line ?? nil
  }

  /// - Returns: `nil` if the task was cancelled.
  private static func value<Value: Sendable>(_ read: @escaping @Sendable () -> Value) async -> Value? {
    let values = AsyncStream<Value>.makeStream()
    DispatchQueue(label: "input").async {
      values.continuation.yield(read())
      values.continuation.finish()
    }
    for await value in values.stream { return value }
    return nil
  }

  private static func bytes(upTo limit: Int) -> Result<[UInt8], CommandInputError> {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(.unreadable(String(cString: strerror(errno))))
      }
      if count == 0 { return .success(bytes) }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { return .failure(.tooLarge) }
    }
  }
}
