public import CloudAPI
public import CloudChanges
import FoundationEssentials

/// Everything the console shows of one service: the clouds, their sizes, and what belongs to the cloud under the cursor.
@MainActor
public final class Workspace {
  /// What a person sets.
  public struct Settings: Sendable {
    /// How many sizes are read at once.
    public var sizesAtOnce = 16
    /// How long the cursor rests on a cloud before what belongs to it is read.
    public var rest: Duration = .milliseconds(150)
    /// Whether as little as can be is read and drawn by the way.
    public var isLowBandwidth = false
    /// What an invitation's redirect address begins with.
    public var redirectURI: String?
    /// How often the focused list is read again by itself; `nil` for never, which keeps the console without wake-ups.
    public var refreshInterval: Duration?

    public init() {}
  }

  public let context: ModelContext
  public let requests: RequestLog
  public let clouds: ListModel<Cloud, EveryCloud>
  public let users: ListModel<User, CloudScope>
  public let invitations: ListModel<CloudInvitation, CloudScope>
  public let processors: ListModel<Processor, CloudScope>
  /// What belongs to the cloud under the cursor, in the order of the panes.
  public private(set) var details: [any CloudTableModel]
  /// Whether the service has processors: as long as nothing tells that its edition has none.
  public private(set) var hasProcessors: Bool {
    didSet { listTables() }
  }
  public let sizes: SizeLoader
  /// The lists in the order of their panes.
  public private(set) var tables: [any TableModel]

  /// Whether as little as can be is read and drawn by the way: a cloud's details after a longer rest, say.
  public var isLowBandwidth: Bool

  public let settings: Settings
  private var following: Task<Void, Never>?
  /// Whether the details of a cloud were asked for once: the first are read without a rest.
  private var hasFollowed = false
  /// The redirect address of the last invitation, and the cloud that it was to.
  private var lastRedirect: (text: String, cloud: Cloud.ID)?
  /// The cloud that was asked for at start and is not in a list yet.
  private var firstCloud: Cloud.ID?

  public init(context: ModelContext, requests: RequestLog, settings: Settings = Settings()) {
    self.context = context
    self.requests = requests
    self.settings = settings
    isLowBandwidth = settings.isLowBandwidth
    clouds = ListModel(.clouds, context: context)
    users = ListModel(.users, context: context)
    invitations = ListModel(.invitations, context: context)
    processors = ListModel(.processors, context: context)
    hasProcessors = context.client.knownEdition != .current
    details = []
    tables = []
    let client = context.client
    sizes = SizeLoader(
      activity: context.activity, clock: context.clock, now: context.now, limit: settings.sizesAtOnce
    ) { id throws(CloudAPIError) in
      try await client.read(.getCloudSize(id))
    }
    listTables()
    connect()
  }

  /// Reads the clouds and, where one is named, what belongs to it at the same time.
  public func start(at cloud: Cloud.ID? = nil) {
    firstCloud = cloud
    clouds.load(EveryCloud())
    if let cloud { readDetails(of: CloudScope(id: cloud, name: "cloud \(cloud)")) }
  }

  /// Goes away for good: whatever is in flight is cancelled and waited for by nobody.
  ///
  /// - Returns: the changes that were not settled yet, each with the service's name.
  public func leave() -> OutstandingChanges.Summary {
    let name = context.service.name
    let open = context.changes.outstanding.summary
    context.activity.stop()
    return OutstandingChanges.Summary(
      unanswered: open.unanswered.map { "\($0), on \(name)" }, unsent: open.unsent.map { "\($0), on \(name)" })
  }

  /// Reads the clouds and all sizes again, those of the screen first.
  public func refreshClouds() {
    clouds.refresh()
    sizes.reload(clouds.records.map(\.id).filter { !$0.isMissing })
  }

  /// Why nobody can be invited here and now; `nil` where people can.
  ///
  /// - Parameter subject: which of the clouds it is about: the marked one, or where another pane has the focus, the one
  ///   under the cursor.
  public func inviteRefusal(about subject: CommandSubject) -> String? {
    if let reason = context.service.readOnlyReason { return reason }
    let place = subject == .marked ? "" : "in the Clouds pane "
    if let reason = ListActions(clouds).severalRefusal(about: .marked, place: place) { return reason }
    guard let cloud = invitedCloud(about: subject) else { return "Select a cloud first: people are invited to one." }
    if cloud.id.isMissing { return "The service gave no id for \(cloud.name): nobody can be invited to it." }
    guard subject == .selected, let marked = ListActions(clouds).target(.marked), marked.id != cloud.id else {
      return nil
    }
    return "\(marked.name) is marked, and the cursor is on \(cloud.name): \(place){invite} invites to the marked one, "
      + "{unmark} unmarks it."
  }

  /// The form that invites people to one cloud.
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

  private func invitedCloud(about subject: CommandSubject) -> CloudScope? {
    ListActions(clouds).target(subject).map(CloudScope.init)
  }

  /// The address that was used last, the settings', or that of a pending invitation, leading to that cloud.
  private func offeredRedirect(for cloud: Cloud.ID) -> RedirectAddress {
    if let lastRedirect {
      return RedirectAddress(lastRedirect.text, from: lastRedirect.cloud, leadingTo: cloud)
    }
    let isKnown: (Cloud.ID) -> Bool = { [clouds] in clouds.record($0) != nil }
    let pending = invitations.records.lazy.compactMap(\.redirectURI).first ?? ""
    let redirect = RedirectAddress(settings.redirectURI ?? pending, leadingTo: cloud, isKnown: isKnown)
    // Where an invitation to another cloud leads without naming it, it may lead to nothing else.
    let isForIt = settings.redirectURI != nil || invitations.scope?.id == cloud || redirect.replacedID != nil
    return isForIt ? redirect : RedirectAddress("", for: cloud)
  }

  /// Gives what changes brought about to the list of their kind.
  private func apply(_ effects: [Effect]) {
    clouds.apply(effects)
    for table in details { table.apply(effects) }
  }

  private func connect() {
    context.changes.onEffects = { [weak self] in self?.apply($0) }
    clouds.late = { [sizes] in sizes.known }
    sizes.onValues = { [weak clouds] in clouds?.lateValuesChanged() }
    clouds.onRecords = { [weak self] in self?.listed($0) }
    clouds.onShow = { [sizes] in sizes.prefer($0) }
    clouds.onLateValueWanted = { [sizes] in sizes.reload([$0]) }
    clouds.onSelection = { [weak self] in self?.follow($0) }
    // Rows keep their places while sizes arrive, and are put in order once when all are there.
    sizes.onSettled = { [weak self] in self?.sizesSettled() }
  }

  /// Each key looks at these several times.
  private func listTables() {
    details = hasProcessors ? [users, invitations, processors] : [users, invitations]
    tables = [clouds] + details
  }

  private func sizesSettled() {
    learnEdition()
    clouds.sign(lateValuesBefore: sizes.takeChanged())
    reorderBySize()
  }

  /// The lists and sizes tell the edition by the way, also that it is another one by now. Without processors nothing is
  /// read of them any more.
  private func learnEdition() {
    guard let edition = context.client.knownEdition, hasProcessors != (edition == .classic) else { return }
    hasProcessors.toggle()
    if !hasProcessors {
      processors.clear()
    } else if let cloud = users.nextScope ?? users.scope {
      processors.load(cloud)
    }
  }

  private func reorderBySize() {
    guard clouds.order?.column == "size" else { return }
    clouds.rearrange()
  }

  private func listed(_ ids: [Cloud.ID]) {
    learnEdition()
    sizes.want(ids.filter { !$0.isMissing })
    // A list that couldn't be read tells nothing of what there is.
    guard clouds.status.asOf != nil else { return }
    // The service is back: what failed with it needn't wait for its own turn.
    for table in details where table.status.failure?.nextTry != nil && table.status.loadingSince == nil {
      table.refresh()
    }
    guard let wanted = firstCloud else { return }
    firstCloud = nil
    guard clouds.record(wanted) == nil else {
      // It stays under the cursor also where it happens to come first: its size may put another one there.
      clouds.select(wanted)
      return
    }
    context.notices.say(.failure, "This key sees no cloud \(wanted).")
    if clouds.selection == nil { follow(nil) }
  }

  /// Reads what belongs to a cloud once the cursor rests on it; what was on its way for another is not wanted any more.
  private func follow(_ cloud: Cloud?) {
    following?.cancel()
    following = nil
    guard let cloud, !cloud.id.isMissing else {
      for table in details { table.clear() }
      return
    }
    if let wanted = firstCloud, cloud.id != wanted, clouds.record(wanted) != nil {
      clouds.select(wanted)
      return
    }
    let scope = CloudScope(cloud)
    let isFollowed = (users.nextScope ?? users.scope) == scope
    guard hasFollowed, !isFollowed, rest > .zero else {
      hasFollowed = true
      readDetails(of: scope)
      return
    }
    for table in details { table.cancelReading() }
    following = context.activity.run(after: rest, on: context.clock) { [weak self] in
      self?.readDetails(of: scope)
    }
  }

  /// How long the cursor rests on a cloud before what belongs to it is read.
  private var rest: Duration {
    isLowBandwidth ? settings.rest * 5 : settings.rest
  }

  private func readDetails(of cloud: CloudScope) {
    for table in details { table.load(cloud) }
  }
}
