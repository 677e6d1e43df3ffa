public import HTTPTypes

extension Operation {
  /// The HTTP method of the operation in an edition; `nil` if the edition lacks the operation.
  ///
  /// The current edition has no processors, and uses PATCH in place of PUT.
  public func method(in edition: Edition) -> HTTPRequest.Method? {
    guard edition == .current else { return method }
    if kind == .processor { return nil }
    return action == .replace ? .patch : method
  }

  /// Whether an edition returns a list from which the record is picked: the current one can't read a single user.
  func isPickedFromList(in edition: Edition) -> Bool {
    edition == .current && self == .getCloudUser
  }

  /// The path in an edition, with the placeholders `{cloud_pk}` and `{id}`.
  func pathTemplate(in edition: Edition) -> String {
    isPickedFromList(in: edition) ? Operation.getCloudUsers.pathTemplate : pathTemplate
  }
}
