extension CloudAPIClient {
  /// All processors of a cloud.
  public func cloudProcessorList(_ cloud: Cloud.ID) async throws(CloudAPIError) -> [Processor] {
    try await perform(Call(.cloudProcessorList, [cloud.rawValue]))
  }

  /// Makes a processor.
  @discardableResult
  public func cloudProcessorCreate(
    _ cloud: Cloud.ID, _ draft: ProcessorDraft
  ) async throws(CloudAPIError) -> Processor {
    try await perform(Call(.cloudProcessorCreate, [cloud.rawValue], json: draft))
  }

  public func cloudProcessorRead(_ cloud: Cloud.ID, _ id: Processor.ID) async throws(CloudAPIError) -> Processor {
    try await perform(Call(.cloudProcessorRead, [cloud.rawValue, id.rawValue]))
  }

  /// Changes the fields that are set in `patch`, and no other (PATCH).
  @discardableResult
  public func cloudProcessorPartialUpdate(
    _ cloud: Cloud.ID, _ id: Processor.ID, _ patch: ProcessorPatch
  ) async throws(CloudAPIError) -> Processor {
    try await perform(Call(.cloudProcessorPartialUpdate, [cloud.rawValue, id.rawValue], json: patch))
  }

  /// Replaces all fields that a person sets (PUT).
  @discardableResult
  public func cloudProcessorUpdate(
    _ cloud: Cloud.ID, _ id: Processor.ID, _ draft: ProcessorDraft
  ) async throws(CloudAPIError) -> Processor {
    try await perform(Call(.cloudProcessorUpdate, [cloud.rawValue, id.rawValue], json: draft))
  }

  public func cloudProcessorDelete(_ cloud: Cloud.ID, _ id: Processor.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(Call(.cloudProcessorDelete, [cloud.rawValue, id.rawValue]))
  }
}
