import CloudAPI
import FoundationEssentials

/// What every view model works with: the client, what it is connected to, the clocks and the places where it reports.
@MainActor
public struct ModelContext {
  public let client: CloudAPIClient
  /// What the client is connected to. It and the client change together, with a new context.
  public let service: ServiceIdentity
  public let activity: Activity
  public let notices: NoticeBoard
  public let writes: WriteLedger
  /// What forms hold that came back after they were left.
  public let returned = ReturnedForms()
  /// For waiting.
  public let clock: any Clock<Duration>
  /// For telling a person what time it was.
  public let now: @MainActor () -> Date

  public init(
    client: CloudAPIClient, service: ServiceIdentity, activity: Activity,
    clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @MainActor () -> Date = { Date() }
  ) {
    self.client = client
    self.service = service
    self.activity = activity
    self.clock = clock
    self.now = now
    notices = NoticeBoard(activity: activity, clock: clock, now: now)
    writes = WriteLedger(now: now)
  }
}
