extension CloudAPIClient {
  /// All clouds that the key may see.
  public func getClouds() async throws(CloudAPIError) -> [Cloud] {
    try await perform(.getClouds)
  }

  /// Creates a cloud.
  @discardableResult
  public func createCloud(_ draft: CloudDraft) async throws(CloudAPIError) -> Cloud {
    try await perform(.createCloud(draft))
  }

  public func getCloud(_ id: Cloud.ID) async throws(CloudAPIError) -> Cloud {
    try await perform(.getCloud(id))
  }

  /// Changes only the fields that are set in `patch` (PATCH).
  @discardableResult
  public func updateCloud(_ id: Cloud.ID, _ patch: CloudPatch) async throws(CloudAPIError) -> Cloud {
    try await perform(.updateCloud(id, patch))
  }

  /// Replaces all editable fields (PUT).
  @discardableResult
  public func fullUpdateCloud(_ id: Cloud.ID, _ draft: CloudDraft) async throws(CloudAPIError) -> Cloud {
    try await perform(.fullUpdateCloud(id, draft))
  }

  /// Deletes a cloud and everything in it.
  public func deleteCloud(_ id: Cloud.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(.deleteCloud(id))
  }

  /// The number of bytes stored in a cloud.
  public func getCloudSize(_ id: Cloud.ID) async throws(CloudAPIError) -> CloudSize {
    try await perform(.getCloudSize(id))
  }

  /// Creates a demo project in a cloud.
  @discardableResult
  public func createDemo(_ id: Cloud.ID) async throws(CloudAPIError) -> Project {
    try await perform(.createDemo(id))
  }
}
