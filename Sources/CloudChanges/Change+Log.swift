import CloudAPI

/// A change as a log shows it beside its request: where, what, and old → new.
extension Change {
  /// `Users · Haussmann Tower: Ada Lovelace: Role: User → Admin`.
  public var log: String {
    guard kind != .cloud else { return action == .create ? "Clouds: \(step)" : "Clouds · \(names.record): \(step)" }
    let heading = kind.plural.prefix(1).uppercased() + kind.plural.dropFirst()
    let record = action == .create ? "" : "\(names.record): "
    return "\(heading) · \(cloudName): \(record)\(step)"
  }

  private var step: String {
    switch action {
    case .create: "— → \(names.record)"
    case .edit, .replace: differences ?? "saved"
    case .invite: "— → invited" + role(" as ")
    case .resend: "invited → invited again"
    case .createDemo: "— → demo project"
    case .remove: "\(state) → \(removed)"
    }
  }

  /// What the change sets: `Role: User → Admin`; `nil` if nothing is known of the record before.
  public var differences: String? {
    guard let before, let content = call.content else { return nil }
    let after = before.setting(content)
    return before.isSame(as: after) ? nil : before.difference(to: after, title: title(of:))
  }

  private func role(_ start: String) -> String {
    guard case .invitation(let draft)? = call.content, let role = draft.role else { return "" }
    return start + RoleText.title(role)
  }

  /// What the record is before it is removed.
  private var state: String {
    switch before {
    case .user(let user)? where user.cloudRole != nil: RoleText.title(user.cloudRole)
    case .invitation?: "invited"
    case .user?, .cloud?, .processor?, nil: kind.rawValue
    }
  }

  private var removed: String {
    switch kind {
    case .cloud, .processor: "deleted"
    case .user: "removed"
    case .invitation: "withdrawn"
    }
  }
}

extension Snapshot {
  /// The record as a write of these fields leaves it.
  fileprivate func setting(_ content: Call.Content) -> Snapshot {
    switch (self, content) {
    case (.cloud(var cloud), .cloudPatch(let patch)):
      cloud.name = patch.name ?? cloud.name
      return .cloud(cloud)
    case (.cloud(var cloud), .cloud(let draft)):
      cloud.name = draft.name
      return .cloud(cloud)
    case (.user(var user), .user(let update)):
      user.cloudRole = update.role ?? user.cloudRole
      return .user(user)
    case (.processor(var processor), .processorPatch(let patch)):
      processor.name = patch.name ?? processor.name
      processor.parentProcessors = patch.parentProcessors ?? processor.parentProcessors
      return .processor(processor)
    case (.processor(var processor), .processor(let draft)):
      processor.name = draft.name
      processor.parentProcessors = draft.parentProcessors
      return .processor(processor)
    default: return self
    }
  }
}
