import CloudAPI

extension ResourceCommands where Record == Cloud, Scope == EveryCloud {
  static let clouds = ResourceCommands(
    show: { _, cloud in cloud.map { command("get", $0) } ?? CommandLineText("clouds", "list") },
    create: { _, cloud in CommandLineText("clouds", "create", options: [.name(cloud.name)]) },
    update: { _, cloud, _ in command("update", cloud, [.name(cloud.name)]) },
    replace: { _, cloud in command("replace", cloud, [.name(cloud.name)]) },
    remove: { _, cloud in command("delete", cloud) },
    actions: [.createDemo: { _, cloud in command("create-demo", cloud) }])

  private static func command(
    _ verb: String, _ cloud: Cloud, _ options: [CommandLineText.Option] = []
  ) -> CommandLineText {
    CommandLineText("clouds", verb, [cloud.id.rawValue], options: options)
  }
}

extension ResourceCommands where Record == User, Scope == CloudScope {
  static let users = ResourceCommands(
    show: { cloud, user in
      user.map { command("get", cloud, $0) } ?? CommandLineText("users", "list", [cloud.id.rawValue])
    },
    update: { cloud, user, _ in command("update", cloud, user, .role(user.cloudRole)) },
    replace: { cloud, user in command("replace", cloud, user, .role(user.cloudRole)) },
    remove: { cloud, user in command("remove", cloud, user) })

  private static func command(
    _ verb: String, _ cloud: CloudScope, _ user: User, _ options: [CommandLineText.Option] = []
  ) -> CommandLineText {
    CommandLineText("users", verb, [cloud.id.rawValue, user.id.rawValue], options: options)
  }
}

extension ResourceCommands where Record == CloudInvitation, Scope == CloudScope {
  static let invitations = ResourceCommands(
    // The API reads no single invitation.
    show: { cloud, _ in CommandLineText("invitations", "list", [cloud.id.rawValue]) },
    remove: { cloud, invitation in
      CommandLineText("invitations", "cancel", [cloud.id.rawValue, invitation.id.rawValue])
    },
    actions: [
      .resend: { cloud, invitation in
        // The current edition alone tells of projects.
        let draft = CloudInvitationDraft(again: invitation, hasRoles: invitation.isInAllProjects != nil)
        return .invitations(to: cloud, of: [invitation.email], draft)
      }
    ])
}

extension ResourceCommands where Record == Processor, Scope == CloudScope {
  static let processors = ResourceCommands(
    show: { cloud, processor in
      processor.map { command("get", cloud, $0) } ?? CommandLineText("processors", "list", [cloud.id.rawValue])
    },
    create: { cloud, processor in
      CommandLineText("processors", "create", [cloud.id.rawValue], options: fields(of: processor))
    },
    update: { cloud, processor, changed in
      let changesParents = changed.contains("parent_processors")
      // An update without parents leaves them as they are: to take them all away is to replace the processor.
      if changesParents, processor.parentProcessors.isEmpty {
        return command("replace", cloud, processor, fields(of: processor))
      }
      let name = changed.contains("name") ? [CommandLineText.Option.name(processor.name)] : []
      return command("update", cloud, processor, name + (changesParents ? parents(of: processor) : []))
    },
    replace: { cloud, processor in command("replace", cloud, processor, fields(of: processor)) },
    remove: { cloud, processor in command("delete", cloud, processor) })

  private static func command(
    _ verb: String, _ cloud: CloudScope, _ processor: Processor, _ options: [CommandLineText.Option] = []
  ) -> CommandLineText {
    CommandLineText("processors", verb, [cloud.id.rawValue, processor.id.rawValue], options: options)
  }

  private static func fields(of processor: Processor) -> [CommandLineText.Option] {
    [.name(processor.name)] + parents(of: processor)
  }

  private static func parents(of processor: Processor) -> [CommandLineText.Option] {
    processor.parentProcessors.map { CommandLineText.Option("parent", $0.rawValue) }
  }
}

extension CommandLineText {
  /// Sends an invitation to each address, as that draft is but for its own address.
  static func invitations(to cloud: CloudScope, of addresses: [String], _ draft: CloudInvitationDraft)
    -> CommandLineText
  {
    CommandLineText(
      "invitations", "send", [cloud.id.rawValue] + addresses,
      options: [Option("redirect-uri", draft.redirectURI)] + .role(draft.role)
        + (draft.inAllProjects == true ? [Option("in-all-projects")] : [])
        + .role(draft.projectRole, named: "project-role"))
  }
}

extension CommandLineText.Option {
  fileprivate static func name(_ name: String) -> CommandLineText.Option {
    CommandLineText.Option("name", name)
  }
}

extension [CommandLineText.Option] {
  fileprivate static func role(_ role: Role?, named name: String = "role") -> [CommandLineText.Option] {
    role.map { [CommandLineText.Option(name, RoleText.word($0))] } ?? []
  }
}
