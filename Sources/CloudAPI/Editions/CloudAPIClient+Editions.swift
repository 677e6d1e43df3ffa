extension CloudAPIClient {
  /// The edition that the service speaks, as far as it is known without asking.
  public var knownEdition: Edition? {
    configuration.edition.edition ?? editions?.known
  }

  /// The edition that the service speaks, found out by reading where it isn't known; `nil` where nothing tells.
  ///
  /// The rule: a cloud with one of the fields `organization`, `marketplace_apps`, `creator_app` and `image` is of the
  /// current edition, which always sends them. Where no cloud has them, the size of one decides: an object is of the
  /// current edition, a number of the classic. Without a cloud whose size can be read nothing is decided, and nothing
  /// remembered. Calls at the same time share the reading, and what answers tell by the way counts, too: also against
  /// what was known before. What is only remembered, or was told a while ago, is asked for again.
  public func resolvedEdition() async throws(CloudAPIError) -> Edition? {
    try await resolvedEdition(from: nil)
  }

  /// The request that this client would make a call with. Where its form depends on an edition that isn't known, that
  /// is found out by reading; where nothing tells, it is the classic one's.
  ///
  /// A remembered edition is enough for a read, which changes nothing where the service speaks another one by now. Before
  /// a write, and before anything is refused for an edition's sake, it is read again.
  ///
  /// - Throws: what `Call.request(in:)` throws, and what keeps the edition from being found out.
  public func request(for call: Call) async throws(CloudAPIError) -> CallRequest {
    guard let editions else { return try call.request(in: knownEdition ?? .classic) }
    // The same in both editions, as most calls are: it needn't wait.
    if let request = try call.requestOfBothEditions { return request }
    if let edition = editions.proven { return try call.request(in: edition) }
    if !call.operation.isWrite, let edition = editions.known, let request = try? call.request(in: edition) {
      return request
    }
    let edition = try await resolvedEdition(from: call.ids.first)
    return try call.request(in: edition ?? .classic)
  }

  /// The request in the form that another edition gives it, where a read was refused in the form of one that was only
  /// remembered, and the service turns out to speak the other; `nil` where it was right.
  func correctedRequest(
    for call: Call, refused request: CallRequest, with error: CloudAPIError
  ) async throws(CloudAPIError) -> CallRequest? {
    guard let editions, !call.operation.isWrite, editions.proven == nil else { return nil }
    switch error.code {
    // A path that the service doesn't know may be answered by its framework's or a gateway's own page.
    case .notFound, .rejected(status: 404), .rejected(status: 405): break
    default: return nil
    }
    // Where it can't be found out, what the service said of the call itself is worth more.
    guard try call.requestOfBothEditions == nil, let edition = try? await resolvedEdition(from: call.ids.first),
      edition != request.edition
    else { return nil }
    return try call.request(in: edition)
  }

  /// - Parameter cloud: whose size may be asked for where no cloud is listed.
  private func resolvedEdition(from cloud: String?) async throws(CloudAPIError) -> Edition? {
    guard let editions else { return knownEdition }
    if let edition = editions.proven { return edition }
    let cancelled = CloudAPIError(.cancelled, request: "GET /cloud")
    return try await editions.search.value(orWhenCancelled: cancelled) { () async throws(CloudAPIError) in
      if let edition = editions.proven { return edition }
      let clouds = try await perform(.getClouds) { answer throws(UnreadableAnswer) in
        try answer.decode([CloudMarks].self, name: "clouds")
      }
      // The answer itself told by the way, in the best case.
      if let edition = editions.proven { return edition }
      guard let id = clouds.lazy.compactMap(\.id).first ?? cloud.map(Cloud.ID.init(rawValue:)) else {
        return editions.known
      }
      do throws(CloudAPIError) {
        try await perform(.getCloudSize(id)) { _ in }
      } catch {
        // The key may have no right to see it, or there is no such cloud: that tells nothing.
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
  /// The request, where no edition gives it a form of its own.
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
