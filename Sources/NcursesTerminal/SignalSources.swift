import Dispatch
import Glibc

/// Signals as events of the main queue. Their default action is off as long as this lives.
@MainActor
final class SignalSources {
  private var sources: [any DispatchSourceSignal] = []

  init(_ signals: [Int32], handler: @escaping @MainActor (Int32) -> Void) {
    for number in signals {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
      source.setEventHandler {
        MainActor.assumeIsolated { handler(number) }
      }
      source.activate()
      sources.append(source)
    }
  }

  func cancel() {
    for source in sources { source.cancel() }
    sources = []
  }
}
