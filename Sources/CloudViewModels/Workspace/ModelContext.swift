public import CloudAPI
public import CloudChanges
public import FoundationEssentials

/// What every view model uses: the client, its service, the clocks and the objects to report to.
@MainActor
public struct ModelContext {
  /// A client that can only read: only ``changes`` writes.
  public let client: CloudReader
  /// The service of the client. Both change together, with a new context.
  public let service: ServiceIdentity
  public let activity: Activity
  public let notices: NoticeBoard
  public let changes: ChangeRunner
  /// The values of forms that were left while being sent and then not accepted.
  public let returned = ReturnedForms()
  /// The clock for delays.
  public let clock: any Clock<Duration>
  /// The time of day, for display.
  public let now: @MainActor () -> Date
  /// The most clouds that are read or changed at the same time.
  public let cloudsAtOnce: Int

  /// The last change that was applied, as a shell command.
  public var lastCommand: CommandLineText? { changes.outstanding.lastDone?.on(service) }

  /// - Parameters:
  ///   - client: sends the reads, and the writes of the changes.
  ///   - cloudsAtOnce: the most clouds that are read or changed at the same time.
  public init(
    client: CloudAPIClient, service: ServiceIdentity, activity: Activity,
    clock: any Clock<Duration> = ContinuousClock(), cloudsAtOnce: Int = ChangeRunner.lanesAtOnce,
    now: @escaping @MainActor () -> Date = { Date() }
  ) {
    self.client = CloudReader(client)
    self.service = service
    self.activity = activity
    self.clock = clock
    self.now = now
    self.cloudsAtOnce = cloudsAtOnce
    let notices = NoticeBoard(activity: activity, clock: clock, now: now)
    self.notices = notices
    changes = ChangeRunner(
      client: client, activity: activity, clock: clock, lanesAtOnce: cloudsAtOnce, me: service.me, now: now)
    changes.onUnresolved = { notices.follow($0) }
  }
}
