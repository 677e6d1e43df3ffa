import CloudAPI

/// Texts about a change, computed from what it stores.
extension Change {
  /// The verb for the action: `create`, `edit`, `replace`, `invite`, `send`, `delete`, `remove` or `withdraw`.
  public var verb: String {
    switch action {
    case .create, .createDemo: "create"
    case .edit: "edit"
    case .replace: "replace"
    case .invite: "invite"
    case .resend: "send"
    case .remove:
      switch kind {
      case .cloud, .processor: "delete"
      case .user: "remove"
      case .invitation: "withdraw"
      }
    }
  }

  /// The change in words: `edit cloud "Haussmann Tower"`.
  public var description: String {
    switch action {
    case .invite: "invite \(names.record) to \(names.cloud ?? "its cloud")"
    case .resend: "Send the invitation of \(names.record) again"
    case .createDemo: "Create a demo project in \(names.record)"
    case .create, .edit, .replace, .remove: "\(verb) \(kind.rawValue) \"\(names.record)\""
    }
  }

  /// The result of the change, as sentences.
  ///
  /// - Parameter effect: the effect of the change, if it is known.
  public func done(_ effect: Effect? = nil) -> String {
    let now: Snapshot? = if case .now(let snapshot)? = effect?.state { snapshot } else { nil }
    return switch action {
    case .create: "Created \(kind.rawValue) \"\(now?.title ?? names.record)\"."
    case .edit: edited(now)
    case .replace: "Saved \(now?.title ?? names.record)."
    case .invite: "Invited \(names.record) to \(names.cloud ?? "its cloud")."
    case .resend: "Sent the invitation of \(names.record) again."
    case .createDemo: "Created the project \(effect?.made ?? "") in \(names.record)."
    case .remove: removed
    }
  }

  private func edited(_ now: Snapshot?) -> String {
    guard let before, let now else { return "Saved \(names.record)." }
    guard now.title == names.record else { return "Renamed \"\(names.record)\" to \"\(now.title)\"." }
    return "Saved \(names.record): \(before.difference(to: now, title: title))."
  }

  /// The title of another record, given the id that refers to it.
  func title(of id: String) -> String { names.others[id] ?? "\(kind.rawValue) \(id)" }

  private var title: (String) -> String { { self.title(of: $0) } }

  private var removed: String {
    switch kind {
    case .cloud, .processor: "Deleted \(kind.rawValue) \(names.record)."
    case .user: "Removed \(names.record)."
    case .invitation: "Withdrew the invitation of \(names.record)."
    }
  }
}

extension Change {
  /// The shell command that sends the same change.
  public var command: CommandLineText {
    switch call.content {
    case nil: CommandLineText(kind.plural, action == .createDemo ? "create-demo" : commandVerb, call.ids)
    case .invitation(let draft)?:
      CommandLineText(
        "invitations", "send", call.ids + [draft.email],
        options: [CommandLineText.Option("redirect-uri", draft.redirectURI)] + Self.role(draft.role)
          + (draft.inAllProjects == true ? [CommandLineText.Option("in-all-projects")] : [])
          + Self.role(draft.projectRole, named: "project-role"))
    case .cloud(let draft)?: command([CommandLineText.Option("name", draft.name)])
    case .cloudPatch(let patch)?: command(Self.name(patch.name))
    case .user(let update)?: command(Self.role(update.role))
    case .processor(let draft)?: command(Self.name(draft.name) + Self.parents(draft.parentProcessors))
    case .processorPatch(let patch)?: command(of: patch)
    }
  }

  private var commandVerb: String {
    switch action {
    case .create: "create"
    case .edit: "update"
    case .replace: "replace"
    case .remove: kind == .invitation ? "cancel" : verb
    case .invite, .resend: "send"
    case .createDemo: "create-demo"
    }
  }

  private func command(_ options: [CommandLineText.Option], verb: String? = nil) -> CommandLineText {
    CommandLineText(kind.plural, verb ?? commandVerb, call.ids, options: options)
  }

  /// `update` can't remove all parents, because it leaves them unchanged without the option: `replace` can.
  private func command(of patch: ProcessorPatch) -> CommandLineText {
    let name = Self.name(patch.name)
    guard patch.parentProcessors == [] else { return command(name + Self.parents(patch.parentProcessors ?? [])) }
    return command(name.isEmpty ? Self.name(names.record) : name, verb: "replace")
  }

  private static func name(_ name: String?) -> [CommandLineText.Option] {
    name.map { [CommandLineText.Option("name", $0)] } ?? []
  }

  private static func role(_ role: Role?, named name: String = "role") -> [CommandLineText.Option] {
    role.map { [CommandLineText.Option(name, RoleText.word($0))] } ?? []
  }

  private static func parents(_ ids: [Processor.ID]) -> [CommandLineText.Option] {
    ids.map { CommandLineText.Option("parent", $0.rawValue) }
  }
}
