public import CloudAPI
public import CloudChanges
public import FoundationEssentials

/// What every view model works with: the client, what it is connected to, the clocks and the places where it reports.
@MainActor
public struct ModelContext {
  /// ``changes`` alone writes.
  public let client: CloudReader
  /// What the client is connected to. It and the client change together, with a new context.
  public let service: ServiceIdentity
  public let activity: Activity
  public let notices: NoticeBoard
  public let changes: ChangeRunner
  /// What forms hold that came back after they were left.
  public let returned = ReturnedForms()
  /// For waiting.
  public let clock: any Clock<Duration>
  /// For telling a person what time it was.
  public let now: @MainActor () -> Date

  /// The last change that was carried out, as a command.
  public var lastCommand: CommandLineText? { changes.outstanding.lastDone?.on(service) }

  /// - Parameter client: reads, and sends the changes.
  public init(
    client: CloudAPIClient, service: ServiceIdentity, activity: Activity,
    clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @MainActor () -> Date = { Date() }
  ) {
    self.client = CloudReader(client)
    self.service = service
    self.activity = activity
    self.clock = clock
    self.now = now
    let notices = NoticeBoard(activity: activity, clock: clock, now: now)
    self.notices = notices
    changes = ChangeRunner(client: client, activity: activity, clock: clock, now: now)
    changes.onUnresolved = { notices.follow($0) }
  }
}
