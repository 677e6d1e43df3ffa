public import CloudAPI
public import CloudChanges
import FoundationEssentials

/// Everything the console shows of one service: the clouds, their sizes, and the details of the cloud under the cursor.
@MainActor
public final class Workspace {
  /// Settings of the user.
  public struct Settings: Sendable {
    /// The most sizes that are read at once.
    public var sizesAtOnce = 16
    /// How long the cursor must rest on a cloud before its details are read.
    public var rest: Duration = .milliseconds(150)
    /// Whether to read and draw as little as possible.
    public var isLowBandwidth = false
    /// The redirect address that a new invitation starts with.
    public var redirectURI: String?
    /// The interval for reloading the focused list; `nil` for never, which leaves the console without wake-ups.
    public var refreshInterval: Duration?

    public init() {}
  }

  public let context: ModelContext
  public let requests: RequestLog
  public let clouds: ListModel<Cloud, EveryCloud>
  public let users: ListModel<User, CloudScope>
  public let invitations: ListModel<CloudInvitation, CloudScope>
  public let processors: ListModel<Processor, CloudScope>
  /// The people of all clouds; nothing is read before somebody opens them.
  public let people: PeopleModel
  /// The detail lists of the cloud under the cursor, in the order of the panes.
  public private(set) var details: [any CloudTableModel]
  /// Whether the service has processors; true until its edition is known to have none.
  public private(set) var hasProcessors: Bool {
    didSet { listTables() }
  }
  public let sizes: SizeLoader
  /// The lists in the order of their panes.
  public private(set) var tables: [any TableModel]

  /// Whether to read and draw as little as possible: for instance, details are read after a longer rest.
  public var isLowBandwidth: Bool

  public let settings: Settings
  private var following: Task<Void, Never>?
  /// Whether details were requested before: the first are read without a rest.
  private var hasFollowed = false
  /// The redirect address of the last invitation, and its cloud.
  var lastRedirect: (text: String, cloud: Cloud.ID)?
  /// The cloud that was requested at start, until a list of clouds arrives.
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
    people = PeopleModel(context: context, limit: settings.sizesAtOnce)
    hasProcessors = context.client.knownEdition != .current
    details = []
    tables = []
    let client = context.client
    sizes = SizeLoader(
      activity: context.activity, clock: context.clock, now: context.now, limit: settings.sizesAtOnce
    ) { id, sweep throws(CloudAPIError) in
      try await (sweep.map(client.labelled) ?? client).read(.getCloudSize(id))
    }
    listTables()
    connect()
  }

  /// Reads the clouds and, if a cloud is given, its details at the same time.
  public func start(at cloud: Cloud.ID? = nil) {
    firstCloud = cloud
    clouds.load(EveryCloud())
    if let cloud { readDetails(of: CloudScope(id: cloud, name: "cloud \(cloud)")) }
  }

  /// Ends the workspace: cancels all requests in flight without waiting for them.
  ///
  /// - Returns: the changes that were not settled, each with the name of the service.
  public func leave() -> OutstandingChanges.Summary {
    let name = context.service.name
    let open = context.changes.outstanding.summary
    context.activity.stop()
    return OutstandingChanges.Summary(
      unanswered: open.unanswered.map { "\($0), on \(name)" }, unsent: open.unsent.map { "\($0), on \(name)" })
  }

  /// Reloads the clouds and all sizes, those on the screen first.
  public func refreshClouds() {
    clouds.refresh()
    sizes.reload(clouds.records.map(\.id).filter { !$0.isMissing })
  }

  /// The clouds that a text names, also those that the filter hides: the one with that id, else those whose name it is,
  /// else those whose name contains it. Without a text, all.
  public func clouds(named text: String) -> [CloudReference] {
    let all = clouds.records.filter { !$0.id.isMissing }.map { CloudReference(id: $0.id, name: $0.name) }
    if let cloud = all.first(where: { $0.id.rawValue == text }) { return [cloud] }
    let text = SearchFold.fold(text)
    let found = all.filter { SearchFold.fold($0.name).contains(text) }
    let named = found.filter { SearchFold.fold($0.name) == text }
    return named.isEmpty ? found : named
  }

  /// Puts the cursor on a cloud, and on a user or an invitation in it once its list is there.
  ///
  /// - Returns: whether the cloud is in the list of clouds.
  @discardableResult
  public func show(_ access: PersonAccess) -> Bool {
    clouds.reveal(access.cloud.id)
    guard clouds.selection == access.cloud.id else { return false }
    let scope = CloudScope(id: access.cloud.id, name: access.cloud.name)
    if let user = access.user {
      users.reveal(user, in: scope)
    } else if let invitation = access.invitation {
      invitations.reveal(invitation, in: scope)
    }
    return true
  }

  /// Passes the effects of changes to the lists.
  private func apply(_ effects: [Effect]) {
    clouds.apply(effects)
    for table in details { table.apply(effects) }
    people.apply(effects)
  }

  private func connect() {
    context.changes.onEffects = { [weak self] in self?.apply($0) }
    clouds.late = { [sizes] in sizes.known }
    sizes.onValues = { [weak clouds] in clouds?.lateValuesChanged() }
    clouds.onRecords = { [weak self] in self?.listed($0) }
    clouds.onShow = { [sizes] in sizes.prefer($0) }
    people.preferred = { [weak clouds] in [clouds?.selection].compactMap { $0 } }
    clouds.onLateValueWanted = { [sizes] in sizes.reload([$0]) }
    clouds.onSelection = { [weak self] in self?.follow($0) }
    // Rows keep their places while sizes arrive, and are sorted once when all have arrived.
    sizes.onSettled = { [weak self] in self?.sizesSettled() }
  }

  /// Updates the stored lists of tables: each key reads them several times.
  private func listTables() {
    details = hasProcessors ? [users, invitations, processors] : [users, invitations]
    tables = [clouds] + details
  }

  private func sizesSettled() {
    learnEdition()
    clouds.sign(lateValuesBefore: sizes.takeChanged())
    if clouds.isSortedByLateValue || !clouds.filter.showsAll { clouds.rearrange() }
  }

  /// Updates `hasProcessors` from the edition that lists and sizes revealed, which may have changed. Without
  /// processors, none are read.
  private func learnEdition() {
    guard let edition = context.client.knownEdition, hasProcessors != (edition == .classic) else { return }
    hasProcessors.toggle()
    if !hasProcessors {
      processors.clear()
    } else if let cloud = users.nextScope ?? users.scope {
      processors.load(cloud)
    }
  }

  private func listed(_ ids: [Cloud.ID]) {
    learnEdition()
    sizes.want(ids.filter { !$0.isMissing })
    // If the list couldn't be read, nothing is known about the clouds.
    guard clouds.status.asOf != nil else { return }
    // The service is back: failed detail lists needn't wait for their own retry.
    for table in details where table.status.failure?.nextTry != nil && table.status.loadingSince == nil {
      table.refresh()
    }
    guard let wanted = firstCloud else { return }
    firstCloud = nil
    guard clouds.record(wanted) == nil else {
      // Selected even if it is already in the first row: when its size arrives, another cloud may move there.
      clouds.select(wanted)
      return
    }
    context.notices.say(.failure, "This key sees no cloud \(wanted).")
    if clouds.selection == nil { follow(nil) }
  }

  /// Reads the details of a cloud once the cursor has rested on it, and cancels those of another cloud.
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

  /// How long the cursor must rest on a cloud before its details are read.
  private var rest: Duration {
    isLowBandwidth ? settings.rest * 5 : settings.rest
  }

  private func readDetails(of cloud: CloudScope) {
    for table in details { table.load(cloud) }
  }
}
