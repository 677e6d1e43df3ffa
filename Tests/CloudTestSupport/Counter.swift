import Synchronization

/// Counts from 1, from anywhere.
public final class Counter: Sendable {
  private let last = Mutex(0)

  public init() {}

  public func next() -> Int {
    last.withLock { count in
      count += 1
      return count
    }
  }
}
