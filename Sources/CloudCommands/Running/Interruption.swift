import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Ctrl-C and SIGTERM while a command runs: the first ends what is on its way, the second the process.
final class Interruption {
  private let first = FirstSignal()
  private let sources: [any DispatchSourceSignal]

  /// - Parameter handler: is called once, with the first signal, on a thread of its own.
  init(handler: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "signals")
    sources = [SIGINT, SIGTERM].map { [first] number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        guard first.take(number) else { _exit(128 + number) }
        handler()
      }
      source.activate()
      return source
    }
  }

  /// Stops listening.
  ///
  /// - Returns: the signal that came, if one did.
  func end() -> Int32? {
    for source in sources { source.cancel() }
    return first.number
  }
}

private final class FirstSignal: Sendable {
  private let received = Mutex<Int32?>(nil)

  var number: Int32? { received.withLock { $0 } }

  /// Whether no other came before.
  func take(_ number: Int32) -> Bool {
    received.withLock { received in
      defer { received = received ?? number }
      return received == nil
    }
  }
}
