extension Simulator {
  /// Sends an e-mail, and adds an invitation unless the address has one already.
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
