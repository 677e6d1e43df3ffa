public import HTTPTypes

extension Operation {
  /// How an edition is asked for it; `nil` where it can't be.
  ///
  /// The current edition has no processors, and PATCH does what PUT did.
  public func method(in edition: Edition) -> HTTPRequest.Method? {
    guard edition == .current else { return method }
    if kind == .processor { return nil }
    return action == .replace ? .patch : method
  }

  /// Whether an edition answers with a list that the record is to be picked from: the current one reads no single user.
  func isPickedFromList(in edition: Edition) -> Bool {
    edition == .current && self == .getCloudUser
  }

  /// The path in an edition, with `{cloud_pk}` and `{id}` where ids go.
  func pathTemplate(in edition: Edition) -> String {
    isPickedFromList(in: edition) ? Operation.getCloudUsers.pathTemplate : pathTemplate
  }
}
