import CloudAPI

/// A value that arrives later than the record it belongs to.
public enum LoadState<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Not asked for, or on its way.
  case waiting
  case loaded(Value)
  case failed(CloudAPIError)

  public var value: Value? {
    if case .loaded(let value) = self { value } else { nil }
  }

  public var error: CloudAPIError? {
    if case .failed(let error) = self { error } else { nil }
  }
}
