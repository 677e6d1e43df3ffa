import HTTPTypes

extension Simulator {
  /// Carries out the operation of a method on a path. The path must allow the method.
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

  /// Deletes what the path names: a user, an invitation, a processor, or else the cloud.
  func vanish(_ request: HTTPRequest) {
    switch Route(path: request.pathWithoutQuery, in: edition) {
    case .user(let cloudID, let id): _ = try? deleteUser(id, in: cloudID)
    case .invitation(let cloudID, let id): _ = try? cancelInvitation(id, in: cloudID)
    case .processor(let cloudID, let id): _ = try? deleteProcessor(id, in: cloudID)
    case let route: _ = try? deleteCloud(route?.cloudID)
    }
  }

  /// The index of a cloud in ``clouds``; throws 404 if there is none.
  func index(of cloud: Int?) throws(Refusal) -> Int {
    guard let index = clouds.firstIndex(where: { $0.record.id == cloud }) else { throw .notFound }
    return index
  }

  func cloud(_ id: Int?) throws(Refusal) -> CloudState {
    clouds[try index(of: id)]
  }
}

extension Simulator {
  /// Creates a cloud as an application's key does: without a creator and members.
  func createCloud(_ body: RequestBody) throws(Refusal) -> Reply {
    var fields = try body.fields()
    guard let name = fields.text("name", limit: CloudRecord.nameLimit) else { throw fields.refusal }
    if edition == .current, let freeClouds, clouds.count(where: { $0.quota.managedBy == .platform }) >= freeClouds {
      throw .paymentRequired(freeClouds: freeClouds)
    }
    let time = timestamp
    let record = CloudRecord(id: nextCloudID, name: name, createdAt: time, updatedAt: time)
    nextCloudID += 1
    clouds.append(CloudState(record: record, bytes: 0, quota: .free, members: Members(.listed([]))))
    return .created(record)
  }

  func updateCloud(_ id: Int?, _ body: RequestBody, partial: Bool) throws(Refusal) -> Reply {
    let index = try index(of: id)
    var fields = try body.fields(partial: partial)
    let name = fields.text("name", limit: CloudRecord.nameLimit)
    try fields.check()
    if let name { clouds[index].record.name = name }
    clouds[index].record.updatedAt = timestamp
    return .ok(clouds[index].record)
  }

  func deleteCloud(_ id: Int?) throws(Refusal) -> Reply {
    clouds.remove(at: try index(of: id))
    return .noContent
  }

  func createDemo(_ id: Int?) throws(Refusal) -> Reply {
    let index = try index(of: id)
    let time = timestamp
    let project = ProjectRecord(
      id: nextProjectID, name: "Demo", rootFolderID: nextProjectID, createdAt: time, updatedAt: time)
    nextProjectID += 1
    clouds[index].projects.append(project)
    clouds[index].bytes += Self.demoProjectSize
    return .ok(ProjectInCloud(project: project, cloud: clouds[index].record))
  }
}

extension Simulator {
  /// All users, or in the current edition those that match the query.
  func listUsers(in cloudID: Int?, _ query: URLEncodedForm) throws(Refusal) -> Reply {
    let members = try cloud(cloudID).members
    switch edition {
    case .classic: return .ok(members)
    case .current: return .ok(FilteredMembers(members: members, filter: EmailFilter(query)))
    }
  }

  func user(_ id: Int?, in cloud: CloudState) throws(Refusal) -> UserRecord {
    guard let id, let user = cloud.members[id] else { throw .notFound }
    return user
  }

  /// Sets the role if the body contains it; the API requires it neither in PATCH nor in PUT.
  func updateUser(_ id: Int?, in cloudID: Int?, _ body: RequestBody, partial: Bool) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    var user = try user(id, in: clouds[index])
    var fields = try body.fields(partial: partial)
    let role = fields.choice(edition == .classic ? "role" : "cloud_role", of: RoleNumber.choices)
    try fields.check()
    if let role { user.cloudRole = role }
    user.updatedAt = timestamp
    clouds[index].members.update(user)
    return .ok(ChangedUser(user: user))
  }

  func deleteUser(_ id: Int?, in cloudID: Int?) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    let user = try user(id, in: clouds[index])
    clouds[index].members.remove(user.id)
    return .noContent
  }
}

extension Simulator {
  /// Sends an e-mail, and adds an invitation unless the address already has one.
  func invite(to cloudID: Int?, _ body: RequestBody) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    var fields = try body.fields()
    let email = fields.text("email", limit: InvitationRecord.emailLimit, rule: EmailAddress.problem)
    let redirect = fields.text("redirect_uri", limit: InvitationRecord.redirectLimit)
    var role: Int?
    var projectRole: Int?
    var isInAllProjects: Bool?
    if edition == .current {
      role = fields.choice("role", of: RoleNumber.choices)
      projectRole = fields.choice("project_role", of: RoleNumber.projectChoices)
      isInAllProjects = fields.flag("in_all_projects")
      if isInAllProjects == true { fields.require("project_role") }
    }
    try fields.check()
    guard let email, let redirect else { throw fields.refusal }
    guard !clouds[index].members.contain(email: email) else {
      throw .alreadyMember(of: clouds[index].record.name)
    }

    let address = email.lowercased()
    clouds[index].emailsSent[address, default: 0] += 1
    if let pending = clouds[index].invitations.first(where: { $0.email.lowercased() == address }) {
      return .created(pending)
    }
    let invitation = InvitationRecord(
      id: nextInvitationID, email: email, redirectURI: redirect, role: role ?? RoleNumber.admin,
      projectRole: projectRole, isInAllProjects: isInAllProjects ?? false)
    nextInvitationID += 1
    clouds[index].invitations.append(invitation)
    return .created(invitation)
  }

  func cancelInvitation(_ id: Int?, in cloudID: Int?) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    guard let place = clouds[index].invitations.firstIndex(where: { $0.id == id }) else { throw .notFound }
    clouds[index].invitations.remove(at: place)
    return .noContent
  }
}

extension Simulator {
  func processor(_ id: Int?, in cloud: CloudState) throws(Refusal) -> ProcessorRecord {
    guard let processor = cloud.processors.first(where: { $0.id == id }) else { throw .notFound }
    return processor
  }

  func createProcessor(in cloudID: Int?, _ body: RequestBody) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    var fields = try body.fields()
    let name = fields.text("name", limit: ProcessorRecord.nameLimit)
    let graph = ProcessorGraph(clouds[index].processors)
    let parents = fields.references("parent_processors", to: graph.contains)
    try fields.check()
    guard let name else { throw fields.refusal }

    let processor = ProcessorRecord(id: nextProcessorID, name: name, parents: parents ?? [])
    nextProcessorID += 1
    clouds[index].processors.append(processor)
    return .created(processor)
  }

  /// Sets the fields in the body; absent parents are kept, even with PUT, because the API doesn't require them.
  func updateProcessor(_ id: Int?, in cloudID: Int?, _ body: RequestBody, partial: Bool) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    var processor = try processor(id, in: clouds[index])
    var fields = try body.fields(partial: partial)
    let name = fields.text("name", limit: ProcessorRecord.nameLimit)
    let graph = ProcessorGraph(clouds[index].processors)
    let parents = fields.references("parent_processors", to: graph.contains)
    if let parents, let problem = graph.problem(withParents: parents, of: processor.id) {
      fields.refuse("parent_processors", problem)
    }
    try fields.check()

    if let name { processor.name = name }
    if let parents { processor.parents = parents }
    if let place = clouds[index].processors.firstIndex(where: { $0.id == processor.id }) {
      clouds[index].processors[place] = processor
    }
    return .ok(processor)
  }

  /// Deletes a processor, and removes it from its children's parents.
  func deleteProcessor(_ id: Int?, in cloudID: Int?) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    let processor = try processor(id, in: clouds[index])
    clouds[index].processors.removeAll { $0.id == processor.id }
    for place in clouds[index].processors.indices {
      clouds[index].processors[place].parents.removeAll { $0 == processor.id }
    }
    return .noContent
  }
}
