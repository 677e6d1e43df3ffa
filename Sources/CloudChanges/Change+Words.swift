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

  /// The change in words: `edit cloud "Haussmann Tower"`, `remove user "Ada Lovelace" from Haussmann Tower`.
  public var description: String {
    switch action {
    case .invite: "invite \(names.record) to \(names.cloud ?? "its cloud")"
    case .resend: "send the invitation of \(names.record)\(place(" to ")) again"
    case .createDemo: "create a demo project in \(names.record)"
    case .create, .edit, .replace: "\(verb) \(kind.rawValue) \"\(names.record)\"\(place(" in "))"
    case .remove: "\(verb) \(kind.rawValue) \"\(names.record)\"\(place(kind == .invitation ? " to " : " from "))"
    }
  }

  /// The cloud of the record, after such a word; empty if the record is a cloud, or if its cloud isn't known.
  private func place(_ word: String) -> String { names.cloud.map { word + $0 } ?? "" }

  /// The result of the change, as sentences: which record of which cloud, and old → new.
  ///
  /// - Parameter effect: the effect of the change, if it is known.
  public func done(_ effect: Effect? = nil) -> String {
    let now: Snapshot? = if case .now(let snapshot)? = effect?.state { snapshot } else { nil }
    return switch action {
    case .create: "Created \(kind.rawValue) \"\(now?.title ?? names.record)\"\(place(" in "))."
    case .edit, .replace: saved(now)
    case .invite: "Invited \(names.record) to \(names.cloud ?? "its cloud")."
    case .resend: "Sent the invitation of \(names.record)\(place(" to ")) again."
    case .createDemo: "Created the project \(effect?.made ?? "") in \(names.record)."
    case .remove: removed
    }
  }

  private func saved(_ now: Snapshot?) -> String {
    guard let before, let now else { return "Saved \(names.record)\(place(" in "))." }
    guard now.title != names.record else {
      return "Saved \(names.record)\(place(" in ")): \(before.difference(to: now, title: title))."
    }
    let others = before.differences(to: now, title: title).filter { $0.name != .name }.map(\.text)
    return "Renamed \"\(names.record)\" to \"\(now.title)\"\(place(" in "))"
      + (others.isEmpty ? "." : ": \(others.joined(separator: "; ")).")
  }

  /// The title of another record, given the id that refers to it.
  func title(of id: String) -> String { names.others[id] ?? "\(kind.rawValue) \(id)" }

  private var title: (String) -> String { { self.title(of: $0) } }

  private var removed: String {
    switch kind {
    case .cloud, .processor: "Deleted \(kind.rawValue) \(names.record)\(place(" from "))."
    case .user: "Removed \(names.record)\(place(" from "))."
    case .invitation: "Withdrew the invitation of \(names.record)\(place(" to "))."
    }
  }

  /// What is said of a record that was gone before it was removed.
  public var alreadyGone: String { "\(names.record) was already gone\(place(" from "))." }

  /// What is said of a record that the service didn't remove.
  public var stillThere: String { "\(names.record) is still \(names.cloud.map { "in \($0)" } ?? "there")." }
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
