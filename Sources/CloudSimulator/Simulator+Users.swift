extension Simulator {
  /// All users, or in the current edition those that the query chooses.
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

  /// Sets the role where the body has one; the API requires it of neither PATCH nor PUT.
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
