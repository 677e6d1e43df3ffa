extension CloudAPIClient {
  /// All members of a cloud.
  public func getCloudUsers(_ cloud: Cloud.ID) async throws(CloudAPIError) -> [User] {
    try await perform(Call(.getCloudUsers, [cloud.rawValue]))
  }

  public func getCloudUser(_ cloud: Cloud.ID, _ id: User.ID) async throws(CloudAPIError) -> User {
    try await perform(Call(.getCloudUser, [cloud.rawValue, id.rawValue]))
  }

  /// Changes a member's role in a cloud (PATCH).
  @discardableResult
  public func updateCloudUser(
    _ cloud: Cloud.ID, _ id: User.ID, _ update: UserCloudUpdate
  ) async throws(CloudAPIError) -> User {
    try await perform(Call(.updateCloudUser, [cloud.rawValue, id.rawValue], json: update))
  }

  /// Sets a member's role in a cloud (PUT).
  @discardableResult
  public func fullUpdateCloudUser(
    _ cloud: Cloud.ID, _ id: User.ID, _ update: UserCloudUpdate
  ) async throws(CloudAPIError) -> User {
    try await perform(Call(.fullUpdateCloudUser, [cloud.rawValue, id.rawValue], json: update))
  }

  /// Removes a member from a cloud and from all its projects.
  public func deleteCloudUser(_ cloud: Cloud.ID, _ id: User.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(Call(.deleteCloudUser, [cloud.rawValue, id.rawValue]))
  }
}
