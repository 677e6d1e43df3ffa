extension CloudAPIClient {
  /// All clouds that the key sees.
  public func getClouds() async throws(CloudAPIError) -> [Cloud] {
    try await perform(Call(.getClouds))
  }

  /// Makes a cloud.
  @discardableResult
  public func createCloud(_ draft: CloudDraft) async throws(CloudAPIError) -> Cloud {
    try await perform(Call(.createCloud, json: draft))
  }

  public func getCloud(_ id: Cloud.ID) async throws(CloudAPIError) -> Cloud {
    try await perform(Call(.getCloud, [id.rawValue]))
  }

  /// Changes the fields that are set in `patch`, and no other (PATCH).
  @discardableResult
  public func updateCloud(_ id: Cloud.ID, _ patch: CloudPatch) async throws(CloudAPIError) -> Cloud {
    try await perform(Call(.updateCloud, [id.rawValue], json: patch))
  }

  /// Replaces all fields that a person sets (PUT).
  @discardableResult
  public func fullUpdateCloud(_ id: Cloud.ID, _ draft: CloudDraft) async throws(CloudAPIError) -> Cloud {
    try await perform(Call(.fullUpdateCloud, [id.rawValue], json: draft))
  }

  /// Deletes a cloud with everything in it.
  public func deleteCloud(_ id: Cloud.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(Call(.deleteCloud, [id.rawValue]))
  }

  /// How many bytes a cloud holds.
  public func getCloudSize(_ id: Cloud.ID) async throws(CloudAPIError) -> CloudSize {
    try await perform(Call(.getCloudSize, [id.rawValue]))
  }

  /// Makes a demo project in a cloud.
  @discardableResult
  public func createDemo(_ id: Cloud.ID) async throws(CloudAPIError) -> Project {
    try await perform(Call(.createDemo, [id.rawValue]))
  }
}
