import CNcurses
import Glibc

/// Signals as events of the main loop, through a pipe that a handler in C writes to.
///
/// Dispatch's own signal sources lose signals on Linux: it learns of one asynchronously, after `signal` was told to ignore it,
/// and it needs every thread to block it. The shim's state is one static variable a file: nothing else may call these
/// functions.
@MainActor
final class SignalPipe {
  private let signals: [Int32]
  private let descriptor: Int32
  private let watch: MainLoop.Watch

  /// Catches `signals` from now on; none is lost that comes after this.
  init?(_ signals: [Int32], handler: @escaping @MainActor (Int32) -> Void) {
    descriptor = cnc_signal_pipe()
    guard descriptor >= 0 else { return nil }
    self.signals = signals
    for number in signals { cnc_signal_catch(number) }
    watch = MainLoop.watch(reading: descriptor) { [descriptor] in
      // Several of a kind at once, as when a window's edge is dragged, say no more than one.
      var handled: Set<UInt8> = []
      for number in Self.read(descriptor) where handled.insert(number).inserted { handler(Int32(number)) }
    }
  }

  /// Gives the signals their default actions, all but SIGHUP: it follows a terminal that was closed, maybe only now, and
  /// must not end in its own way a program that is ending already.
  func cancel() {
    for number in signals { signal(number, number == SIGHUP ? SIG_IGN : SIG_DFL) }
    watch.cancel()
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
  }
}
