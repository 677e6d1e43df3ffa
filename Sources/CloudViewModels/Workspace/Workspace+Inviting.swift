import CloudAPI
public import CloudChanges

/// Invitations, to one cloud or several.
extension Workspace {
  /// Why nobody can be invited now; `nil` if inviting is possible.
  ///
  /// - Parameter subject: which cloud to invite to: the marked one, or, if another pane has the focus, the one under
  ///   the cursor.
  public func inviteRefusal(about subject: CommandSubject) -> String? {
    if let reason = context.service.readOnlyReason { return reason }
    let place = subject == .marked ? "" : "in the Clouds pane "
    if ListActions(clouds).marks.count > 1 {
      if subject == .marked { return ListActions(clouds).unknownMarksRefusal }
      return
        "\(ListActions(clouds).marks.count) clouds are marked: {invite} \(place)invites to all of them, {unmark} there "
        + "unmarks them."
    }
    guard let cloud = invitedCloud(about: subject) else { return "Select a cloud first: people are invited to one." }
    if cloud.id.isMissing { return "The service gave no id for \(cloud.name): nobody can be invited to it." }
    guard subject == .selected, ListActions(clouds).marks.count == 1, let marked = ListActions(clouds).target(.marked),
      marked.id != cloud.id
    else { return nil }
    return "\(marked.name) is marked, and the cursor is on \(cloud.name): \(place){invite} invites to the marked one, "
      + "{unmark} unmarks it."
  }

  /// The form for invitations to one cloud; `nil` if ``inviteRefusal(about:)`` has a reason.
  ///
  /// - Parameter subject: as in ``inviteRefusal(about:)``.
  public func inviteForm(about subject: CommandSubject = .selected) -> FormModel? {
    guard inviteRefusal(about: subject) == nil, let cloud = invitedCloud(about: subject) else { return nil }
    let form = InviteForm(
      context: context, invitations: invitations, users: users, cloud: cloud, redirect: offeredRedirect(for: cloud.id),
      hasRoles: context.client.knownEdition == .current,
      onSent: { [self] in lastRedirect = ($0, cloud.id) })
    return form.model()
  }

  /// The form for invitations to several clouds: a question lists them before anything is sent.
  ///
  /// - Parameters:
  ///   - addresses: those to begin with.
  ///   - ask: called with the question.
  public func inviteForm(
    to clouds: [CloudReference], _ addresses: [String], ask: @escaping @MainActor (QuestionModel) -> Void
  ) -> FormModel {
    let first = clouds.first?.id
    let form = BulkInviteForm(
      context: context, clouds: clouds, addresses: addresses,
      redirect: settings.redirectURI ?? lastRedirect?.text ?? first.map { offeredRedirect(for: $0).text } ?? "",
      fields: InvitationFields(hasRoles: context.client.knownEdition == .current),
      isKnown: { [self] in self.clouds.record($0) != nil },
      ask: { [self] question, redirect in
        lastRedirect = first.map { (redirect, $0) }
        ask(question)
      })
    return form.model()
  }

  /// The marked clouds, in row order.
  public var markedClouds: [CloudReference] {
    clouds.contents.markedRecords.filter { !$0.id.isMissing }.map { CloudReference(id: $0.id, name: $0.name) }
  }

  /// All clouds, in row order.
  public var allClouds: [CloudReference] {
    clouds.contents.places.map { clouds.records[$0] }.filter { !$0.id.isMissing }
      .map { CloudReference(id: $0.id, name: $0.name) }
  }

  private func invitedCloud(about subject: CommandSubject) -> CloudScope? {
    ListActions(clouds).target(subject).map(CloudScope.init)
  }

  /// The redirect address to offer: the last one used, the one in the settings or that of a pending invitation, adapted
  /// to the cloud.
  private func offeredRedirect(for cloud: Cloud.ID) -> RedirectAddress {
    if let lastRedirect {
      return RedirectAddress(lastRedirect.text, from: lastRedirect.cloud, leadingTo: cloud)
    }
    let isKnown: (Cloud.ID) -> Bool = { [clouds] in clouds.record($0) != nil }
    let pending = invitations.records.lazy.compactMap(\.redirectURI).first ?? ""
    let redirect = RedirectAddress(settings.redirectURI ?? pending, leadingTo: cloud, isKnown: isKnown)
    // An address from another cloud's invitation that doesn't name that cloud may still lead only there.
    let isForIt = settings.redirectURI != nil || invitations.scope?.id == cloud || redirect.replacedID != nil
    return isForIt ? redirect : RedirectAddress("", for: cloud)
  }
}
