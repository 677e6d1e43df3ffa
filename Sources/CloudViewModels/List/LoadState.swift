import CloudAPI

/// A value that arrives later than the record it belongs to.
public enum LoadState<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Not requested, or the request is in flight.
  case waiting
  case loaded(Value)
  case failed(CloudAPIError)
  /// The previous value, because reading it again failed.
  case stale(Value, CloudAPIError)

  public var value: Value? {
    switch self {
    case .loaded(let value), .stale(let value, _): value
    case .waiting, .failed: nil
    }
  }

  /// Whether the value comes from the last read.
  public var isFresh: Bool {
    if case .loaded = self { true } else { false }
  }

  public var error: CloudAPIError? {
    switch self {
    case .failed(let error), .stale(_, let error): error
    case .waiting, .loaded: nil
    }
  }

  /// The state after a failed read: an existing value is kept as stale.
  func failing(with error: CloudAPIError) -> LoadState {
    value.map { .stale($0, error) } ?? .failed(error)
  }
}
