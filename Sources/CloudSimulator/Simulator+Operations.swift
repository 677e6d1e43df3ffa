import HTTPTypes

extension Simulator {
  /// Carries out the operation that a method means on a path. The method is one that the path allows.
  func operate(_ route: Route, _ request: HTTPRequest, _ body: RequestBody) throws(Refusal) -> Reply {
    switch (route, request.method) {
    case (.clouds, .post): try createCloud(body)
    case (.clouds, _): .ok(clouds.map(\.record))

    case (.cloud(let id), .patch): try updateCloud(id, body, partial: true)
    case (.cloud(let id), .put): try updateCloud(id, body, partial: false)
    case (.cloud(let id), .delete): try deleteCloud(id)
    case (.cloud(let id), _): .ok(try cloud(id).record)

    case (.size(let id), _): .ok(try cloud(id).size)
    case (.createDemo(let id), _): try createDemo(id)

    case (.users(let cloudID), _): try listUsers(in: cloudID, request.query)
    case (.user(let cloudID, let id), .patch): try updateUser(id, in: cloudID, body, partial: true)
    case (.user(let cloudID, let id), .put): try updateUser(id, in: cloudID, body, partial: false)
    case (.user(let cloudID, let id), .delete): try deleteUser(id, in: cloudID)
    case (.user(let cloudID, let id), _): .ok(try user(id, in: cloud(cloudID)))

    case (.invitations(let cloudID), .post): try invite(to: cloudID, body)
    case (.invitations(let cloudID), _): .ok(try cloud(cloudID).invitations)
    case (.invitation(let cloudID, let id), _): try cancelInvitation(id, in: cloudID)

    case (.processors(let cloudID), .post): try createProcessor(in: cloudID, body)
    case (.processors(let cloudID), _): .ok(try cloud(cloudID).processors)
    case (.processor(let cloudID, let id), .patch): try updateProcessor(id, in: cloudID, body, partial: true)
    case (.processor(let cloudID, let id), .put): try updateProcessor(id, in: cloudID, body, partial: false)
    case (.processor(let cloudID, let id), .delete): try deleteProcessor(id, in: cloudID)
    case (.processor(let cloudID, let id), _): .ok(try processor(id, in: cloud(cloudID)))

    case (.token, _): try issueToken(request, body)
    }
  }

  /// The place of a cloud in ``clouds``, or 404.
  func index(of cloud: Int?) throws(Refusal) -> Int {
    guard let index = clouds.firstIndex(where: { $0.record.id == cloud }) else { throw .notFound }
    return index
  }

  func cloud(_ id: Int?) throws(Refusal) -> CloudState {
    clouds[try index(of: id)]
  }
}
