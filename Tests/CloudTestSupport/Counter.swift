import Synchronization

/// A counter from 1 that is safe on any thread.
public final class Counter: Sendable {
  private let last = Mutex(0)

  public init() {}

  /// The last number returned; 0 before the first.
  public var count: Int { last.withLock { $0 } }

  @discardableResult
  public func next() -> Int {
    last.withLock { count in
      count += 1
      return count
    }
  }
}
