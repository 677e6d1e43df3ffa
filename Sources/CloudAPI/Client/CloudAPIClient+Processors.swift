extension CloudAPIClient {
  /// All processors of a cloud.
  public func cloudProcessorList(_ cloud: Cloud.ID) async throws(CloudAPIError) -> [Processor] {
    try await perform(.cloudProcessorList(cloud))
  }

  /// Creates a processor.
  @discardableResult
  public func cloudProcessorCreate(
    _ cloud: Cloud.ID, _ draft: ProcessorDraft
  ) async throws(CloudAPIError) -> Processor {
    try await perform(.cloudProcessorCreate(cloud, draft))
  }

  public func cloudProcessorRead(_ cloud: Cloud.ID, _ id: Processor.ID) async throws(CloudAPIError) -> Processor {
    try await perform(.cloudProcessorRead(cloud, id))
  }

  /// Changes only the fields that are set in `patch` (PATCH).
  @discardableResult
  public func cloudProcessorPartialUpdate(
    _ cloud: Cloud.ID, _ id: Processor.ID, _ patch: ProcessorPatch
  ) async throws(CloudAPIError) -> Processor {
    try await perform(.cloudProcessorPartialUpdate(cloud, id, patch))
  }

  /// Replaces all editable fields (PUT).
  @discardableResult
  public func cloudProcessorUpdate(
    _ cloud: Cloud.ID, _ id: Processor.ID, _ draft: ProcessorDraft
  ) async throws(CloudAPIError) -> Processor {
    try await perform(.cloudProcessorUpdate(cloud, id, draft))
  }

  public func cloudProcessorDelete(_ cloud: Cloud.ID, _ id: Processor.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(.cloudProcessorDelete(cloud, id))
  }
}
