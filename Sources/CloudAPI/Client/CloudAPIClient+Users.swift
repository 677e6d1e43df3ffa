extension CloudAPIClient {
  /// All members of a cloud.
  public func getCloudUsers(_ cloud: Cloud.ID) async throws(CloudAPIError) -> [User] {
    try await perform(.getCloudUsers(cloud))
  }

  public func getCloudUser(_ cloud: Cloud.ID, _ id: User.ID) async throws(CloudAPIError) -> User {
    try await perform(.getCloudUser(cloud, id))
  }

  /// Changes a member's role in a cloud (PATCH).
  @discardableResult
  public func updateCloudUser(
    _ cloud: Cloud.ID, _ id: User.ID, _ update: UserCloudUpdate
  ) async throws(CloudAPIError) -> User {
    asListed(try await perform(.updateCloudUser(cloud, id, update)))
  }

  /// Sets a member's role in a cloud (PUT).
  @discardableResult
  public func fullUpdateCloudUser(
    _ cloud: Cloud.ID, _ id: User.ID, _ update: UserCloudUpdate
  ) async throws(CloudAPIError) -> User {
    asListed(try await perform(.fullUpdateCloudUser(cloud, id, update)))
  }

  /// The current edition returns a project role after a change, but its list of members doesn't: the difference would
  /// look like an edit by somebody else.
  private func asListed(_ user: User) -> User {
    guard knownEdition == .current else { return user }
    var user = user
    user.projectRole = nil
    return user
  }

  /// Removes a member from a cloud and all its projects.
  public func deleteCloudUser(_ cloud: Cloud.ID, _ id: User.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(.deleteCloudUser(cloud, id))
  }
}
