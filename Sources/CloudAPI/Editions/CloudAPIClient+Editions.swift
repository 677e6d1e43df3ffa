extension CloudAPIClient {
  /// The edition that the service speaks, if it is known without a request.
  public var knownEdition: Edition? {
    configuration.edition.edition ?? editions?.known
  }

  /// The edition that the service speaks, detected by reading if it isn't known; `nil` if nothing tells it.
  ///
  /// The rule: a cloud with one of the fields `organization`, `marketplace_apps`, `creator_app` and `image` is of the
  /// current edition, which always sends them. If no cloud has them, the size of one decides: an object means the
  /// current edition, a number the classic one. Without a cloud whose size can be read nothing is decided or
  /// remembered. Concurrent calls share the detection. Every other response is used as evidence, too, also against what
  /// was known before. An edition that is only remembered, or was confirmed a while ago, is detected again.
  public func resolvedEdition() async throws(CloudAPIError) -> Edition? {
    try await resolvedEdition(from: nil)
  }

  /// The request with which this client would make a call. If its form depends on an edition that isn't known, the
  /// edition is detected by reading; if nothing tells it, the classic one is used.
  ///
  /// A remembered edition is enough for a read, which does no harm if the service speaks another one by now. Before a
  /// write, and before a call is refused as unsupported, the edition is detected again.
  ///
  /// - Throws: the errors of `Call.request(in:)`, and those of the detection.
  public func request(for call: Call) async throws(CloudAPIError) -> CallRequest {
    guard let editions else { return try call.request(in: knownEdition ?? .classic) }
    // Most requests are the same in both editions and needn't wait.
    if let request = try call.requestOfBothEditions { return request }
    if let edition = editions.proven { return try call.request(in: edition) }
    if !call.operation.isWrite, let edition = editions.known, let request = try? call.request(in: edition) {
      return request
    }
    let edition = try await resolvedEdition(from: call.ids.first)
    return try call.request(in: edition ?? .classic)
  }

  /// The request in another edition's form, if a read was refused that used a remembered edition and the service turns
  /// out to speak the other one; `nil` if the edition was right.
  func correctedRequest(
    for call: Call, refused request: CallRequest, with error: CloudAPIError
  ) async throws(CloudAPIError) -> CallRequest? {
    guard let editions, !call.operation.isWrite, editions.proven == nil else { return nil }
    switch error.code {
    // A path that the service doesn't know may be answered by the page of its framework or of a gateway.
    case .notFound, .rejected(status: 404), .rejected(status: 405): break
    default: return nil
    }
    // If the edition can't be detected, the service's error about the call itself is more useful.
    guard try call.requestOfBothEditions == nil, let edition = try? await resolvedEdition(from: call.ids.first),
      edition != request.edition
    else { return nil }
    return try call.request(in: edition)
  }

  /// - Parameter cloud: the cloud whose size is requested if no cloud is listed.
  private func resolvedEdition(from cloud: String?) async throws(CloudAPIError) -> Edition? {
    guard let editions else { return knownEdition }
    if let edition = editions.proven { return edition }
    let cancelled = CloudAPIError(.cancelled, request: "GET /cloud")
    return try await editions.search.value(orWhenCancelled: cancelled) { () async throws(CloudAPIError) in
      if let edition = editions.proven { return edition }
      let clouds = try await perform(.getClouds) { answer throws(UnreadableAnswer) in
        try answer.decode([CloudMarks].self, name: "clouds")
      }
      // In the best case the list itself told the edition.
      if let edition = editions.proven { return edition }
      guard let id = clouds.lazy.compactMap(\.id).first ?? cloud.map(Cloud.ID.init(rawValue:)) else {
        return editions.known
      }
      do throws(CloudAPIError) {
        try await perform(.getCloudSize(id)) { _ in }
      } catch {
        // The key may lack the right, or the cloud may not exist: neither tells the edition.
        switch error.code {
        case .forbidden, .notFound, .rejected: return editions.known
        default: throw error
        }
      }
      return editions.known
    }
  }
}

extension Call {
  /// The request, if it is the same in both editions.
  fileprivate var requestOfBothEditions: CallRequest? {
    get throws(CloudAPIError) {
      let classic: Result<CallRequest, CloudAPIError> = Result { () throws(CloudAPIError) in try request(in: .classic) }
      let current: Result<CallRequest, CloudAPIError> = Result { () throws(CloudAPIError) in try request(in: .current) }
      switch (classic, current) {
      case (.success(let classic), .success(let current)):
        let isSame =
          classic.method == current.method && classic.path == current.path && classic.body == current.body
          && classic.picked == current.picked
        return isSame ? classic : nil
      case (.failure(let error), .failure): throw error
      default: return nil
      }
    }
  }
}
