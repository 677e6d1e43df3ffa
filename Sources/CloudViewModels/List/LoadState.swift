import CloudAPI

/// A value that arrives later than the record it belongs to.
public enum LoadState<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Not asked for, or on its way.
  case waiting
  case loaded(Value)
  case failed(CloudAPIError)
  /// What was there before, because reading it again failed.
  case stale(Value, CloudAPIError)

  public var value: Value? {
    switch self {
    case .loaded(let value), .stale(let value, _): value
    case .waiting, .failed: nil
    }
  }

  /// Whether the value is what the service said last.
  public var isFresh: Bool {
    if case .loaded = self { true } else { false }
  }

  public var error: CloudAPIError? {
    switch self {
    case .failed(let error), .stale(_, let error): error
    case .waiting, .loaded: nil
    }
  }

  /// This after a read that failed: a value that was there stays.
  func failing(with error: CloudAPIError) -> LoadState {
    value.map { .stale($0, error) } ?? .failed(error)
  }
}
