import Synchronization

/// Lets go of a value away from the main actor: that of a hundred thousand records takes milliseconds.
final class DeferredRelease<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: Value) {
    self.value = Mutex(value)
  }

  /// The value is gone some time after its other owners let go of it, too.
  @concurrent
  func end() async {
    value.withLock { $0 = nil }
  }
}
