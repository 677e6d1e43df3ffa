public import CloudAPI
import CloudChanges
public import FoundationEssentials
import Synchronization

/// Reads the users and the pending invitations of many clouds, and delivers each list as soon as it is whole.
///
/// Nothing runs before ``run(deliver:)`` is called or after it has returned; cancelling its task ends it at once. A list
/// that can't be read is tried again once, after all others. A rate limit pauses the whole sweep until the time that
/// the service states. A refused key and an unreachable service end it: the lists that are left are not delivered.
public final class AccessSweep: Sendable {
  /// How long a sweep waits for a service that limits requests.
  public struct Patience: Hashable, Sendable {
    let longestPause: Duration?
    let pauses: Int?

    /// Waits as long as the service asks, and as often: somebody watches and can stop it.
    public static let endless = Patience(longestPause: nil, pauses: nil)
    /// Waits for at most a minute at a time, and five times in a row: a command has to end.
    public static let limited = Patience(longestPause: .seconds(60), pauses: 5)
  }

  private let reader: CloudReader
  private let concurrency: Int
  private let patience: Patience
  private let clock: any Clock<Duration>
  private let now: @Sendable () -> Date
  private let queue: Mutex<Queue>

  /// - Parameters:
  ///   - lists: in the order in which they are read.
  ///   - concurrency: the most requests at once.
  ///   - clock: for pauses.
  ///   - now: the time of day, for the times of readings and pauses.
  public init(
    _ lists: [AccessList], reader: CloudReader, concurrency: Int, patience: Patience = .endless,
    clock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.reader = reader.withoutRetries
    self.concurrency = max(1, min(concurrency, lists.count))
    self.patience = patience
    self.clock = clock
    self.now = now
    queue = Mutex(Queue(lists))
  }

  /// When the service accepts requests again, while the sweep waits for that.
  public var pausedUntil: Date? {
    queue.withLock { queue in queue.pausedUntil.flatMap { $0 > now() ? $0 : nil } }
  }

  /// Reads the lists of these clouds next: somebody is looking at them.
  public func prefer(_ clouds: [Cloud.ID]) {
    queue.withLock { $0.prefer(clouds) }
  }

  /// Reads all lists.
  ///
  /// - Parameter deliver: called on the tasks that read, with one reading for each list that was read, is gone, or
  ///   couldn't be read twice.
  /// - Throws: why the sweep ended early; `cancelled` if its task was cancelled.
  public func run(deliver: @escaping @Sendable (AccessReading) -> Void) async throws(CloudAPIError) {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<concurrency {
        group.addTask { await self.work(deliver) }
      }
    }
    if let error = queue.withLock({ $0.end }) { throw error }
    if Task.isCancelled { throw CloudAPIError(.cancelled, request: "GET /cloud") }
  }

  /// Reads all lists as ``run(deliver:)`` does, and hands the readings over one after the other.
  ///
  /// - Returns: why the sweep ended early; `nil` if it didn't.
  public func run(each take: (AccessReading) async -> Void) async -> CloudAPIError? {
    let (readings, arrival) = AsyncStream.makeStream(of: AccessReading.self)
    async let ending: CloudAPIError? = {
      defer { arrival.finish() }
      do throws(CloudAPIError) {
        try await run(deliver: { arrival.yield($0) })
        return nil
      } catch {
        return error
      }
    }()
    for await reading in readings { await take(reading) }
    return await ending
  }

  private func work(_ deliver: @Sendable (AccessReading) -> Void) async {
    while let job = await next() {
      let began = now()
      let result: AccessReading.Result
      do throws(CloudAPIError) {
        result = try await read(job.list)
        queue.withLock { $0.succeeded() }
      } catch {
        guard let failure = failed(job, with: error) else { continue }
        result = failure
      }
      deliver(AccessReading(job.list, began: began, result))
      if !job.isFirstTry { queue.withLock { $0.readAgain(job.list) } }
    }
  }

  /// Waits for the end of a pause, and takes the next list; `nil` if nothing is left for this worker.
  private func next() async -> Job? {
    while !Task.isCancelled {
      let (pause, job) = queue.withLock { queue in
        queue.pause(at: now()).map { ($0, nil) } ?? (nil, queue.next())
      }
      guard let pause else { return job }
      guard (try? await clock.sleep(for: pause)) != nil else { return nil }
    }
    return nil
  }

  private func read(_ list: AccessList) async throws(CloudAPIError) -> AccessReading.Result {
    switch list.kind {
    case .users:
      let users = Mutex(PackedUsers())
      try await reader.records(of: .getCloudUsers(list.cloud)) { part in
        users.withLock { $0.append(contentsOf: part) }
      }
      return .users(
        users.withLock { users in
          users.compact()
          return users
        })
    case .invitations:
      return .invitations(try await reader.read(.getCloudInvitations(list.cloud)))
    }
  }

  /// - Returns: the result to deliver; `nil` if the list will be read again or not at all.
  private func failed(_ job: Job, with error: CloudAPIError) -> AccessReading.Result? {
    queue.withLock { queue in
      if Task.isCancelled || error.code == .cancelled { return nil }
      if error.code == .notFound {
        if job.list.kind == .users {
          queue.drop(job.list.cloud)
          return .gone
        }
        // Either the cloud is gone by now, which its users tell, or the service hides its invitations.
        if job.isFirstTry {
          queue.askUsers(insteadOf: job.list)
          return nil
        }
      }
      if case .rateLimited(let until) = error.code {
        let pause = queue.limited(job, until: until, at: now())
        let isTooLong = patience.longestPause.map { pause > $0 } ?? false
        let isTooOften = patience.pauses.map { queue.pausesInRow > $0 } ?? false
        if isTooLong || isTooOften { queue.end = error }
        return nil
      }
      if error.code == .unauthorized || error.isSigningIn {
        queue.end = error
        return nil
      }
      if error.isAboutTheConnection {
        queue.failuresInRow += 1
        // As many in a row as run at once: it isn't one slow list.
        if queue.failuresInRow > concurrency { queue.end = error }
      } else {
        queue.failuresInRow = 0
      }
      guard job.isFirstTry else { return .failed(error) }
      queue.tryAgain(job.list)
      return nil
    }
  }
}

extension AccessSweep {
  fileprivate struct Job {
    let list: AccessList
    let isFirstTry: Bool
    /// The number of pauses before it was taken: requests of the same time fail for the same limit.
    let pauses: Int
  }

  /// The lists that are still to be read.
  fileprivate struct Queue {
    private var waiting: [AccessList]
    /// The index of the first list of `waiting` that wasn't taken.
    private var start = 0
    private var preferred: [AccessList] = []
    private var failed: [AccessList] = []
    private var taken: Set<AccessList> = []
    private var gone: Set<Cloud.ID> = []
    /// The clouds whose invitations are not found; what became of the cloud isn't known yet.
    private var hidden: Set<Cloud.ID> = []
    private(set) var pausedUntil: Date?
    private var pauses = 0
    private(set) var pausesInRow = 0
    /// Requests in a row that got no response.
    var failuresInRow = 0
    /// Why the sweep ends before all lists are read.
    var end: CloudAPIError?

    init(_ lists: [AccessList]) {
      waiting = lists
    }

    mutating func prefer(_ clouds: [Cloud.ID]) {
      let wanted = Set(clouds)
      let lists = Dictionary(grouping: waiting[start...].filter { wanted.contains($0.cloud) }, by: \.cloud)
      preferred = clouds.flatMap { lists[$0] ?? [] } + preferred
    }

    mutating func next() -> Job? {
      guard end == nil else { return nil }
      while let list = preferred.first {
        preferred.removeFirst()
        if isLeft(list) { return take(list) }
      }
      while start < waiting.count {
        start += 1
        if isLeft(waiting[start - 1]) { return take(waiting[start - 1]) }
      }
      while let list = failed.popLast() {
        if !gone.contains(list.cloud) { return Job(list: list, isFirstTry: false, pauses: pauses) }
      }
      return nil
    }

    private func isLeft(_ list: AccessList) -> Bool {
      !taken.contains(list) && !gone.contains(list.cloud)
    }

    private mutating func take(_ list: AccessList) -> Job {
      taken.insert(list)
      return Job(list: list, isFirstTry: true, pauses: pauses)
    }

    /// Reads the users of a cloud again before its invitations, which the service doesn't find.
    mutating func askUsers(insteadOf invitations: AccessList) {
      hidden.insert(invitations.cloud)
      tryAgain(AccessList(.users, of: invitations.cloud))
    }

    /// The users of a cloud were read again: it is still there, or they can't be read.
    mutating func readAgain(_ list: AccessList) {
      guard list.kind == .users, hidden.remove(list.cloud) != nil else { return }
      tryAgain(AccessList(.invitations, of: list.cloud))
    }

    mutating func tryAgain(_ list: AccessList) {
      failed.insert(list, at: 0)
    }

    mutating func drop(_ cloud: Cloud.ID) {
      gone.insert(cloud)
    }

    mutating func succeeded() {
      (failuresInRow, pausesInRow) = (0, 0)
    }

    /// How long the sweep is paused; `nil` if it isn't.
    func pause(at now: Date) -> Duration? {
      guard end == nil, let rest = pausedUntil?.timeIntervalSince(now), rest > 0 else { return nil }
      return .milliseconds(Int((rest * 1000).rounded(.up)))
    }

    /// Puts a list back that the service refused to send now, and pauses the sweep.
    ///
    /// - Returns: the length of the pause.
    mutating func limited(_ job: Job, until: Date?, at now: Date) -> Duration {
      if job.pauses == pauses { (pauses, pausesInRow) = (pauses + 1, pausesInRow + 1) }
      if job.isFirstTry {
        taken.remove(job.list)
        preferred.insert(job.list, at: 0)
      } else {
        failed.append(job.list)
      }
      let seconds = until.map { max(1, $0.timeIntervalSince(now)) } ?? Double(1 << min(pausesInRow - 1, 6))
      pausedUntil = max(pausedUntil ?? now, now.addingTimeInterval(seconds))
      return .milliseconds(Int(seconds * 1000))
    }
  }
}

extension CloudAPIError {
  /// Whether no response came at all, as from a service that can't be reached.
  fileprivate var isAboutTheConnection: Bool {
    switch code {
    case .unreachable, .timedOut: true
    default: false
    }
  }
}
