import CloudAPI
import CloudViewModels

/// A service whose list is delivered by the test, one reading after the other.
actor ListFeed {
  private var receive: (@Sendable ([User]) -> Void)?
  private var end: CheckedContinuation<CloudAPIError?, Never>?
  private var waiter: CheckedContinuation<Void, Never>?

  func read(_ receive: @escaping @Sendable ([User]) -> Void) async throws(CloudAPIError) {
    self.receive = receive
    let error = await withCheckedContinuation { end in
      self.end = end
      waiter?.resume()
      waiter = nil
    }
    if let error { throw error }
  }

  /// Delivers users, after a read has started.
  func send(_ users: [User]) async {
    await begun()
    receive?(users)
  }

  func end(_ error: CloudAPIError? = nil) async {
    await begun()
    receive = nil
    end?.resume(returning: error)
    end = nil
  }

  private func begun() async {
    guard end == nil else { return }
    await withCheckedContinuation { waiter = $0 }
  }
}

extension Resource where Record == User, Scope == CloudScope {
  /// A users resource that reads cloud 1 from one feed and all others from another.
  static func users(from feed: ListFeed, _ other: ListFeed? = nil) -> Resource {
    let users = Resource.users
    return Resource(
      names: users.names, columns: users.columns, order: users.order, title: users.title,
      details: users.details,
      list: { _, cloud, receive throws(CloudAPIError) in
        try await (cloud.id == 1 ? feed : other ?? feed).read(receive)
      },
      show: users.show, emptyText: "")
  }
}
