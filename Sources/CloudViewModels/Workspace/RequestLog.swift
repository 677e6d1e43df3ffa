public import CloudAPI
import CloudChanges
public import FoundationEssentials

/// The requests of this run, for the log and for the number of those in flight.
///
/// What it keeps is bounded: the last requests, and the text of at most 4 MB of exchanges.
@MainActor
public final class RequestLog {
  /// One request and its ending.
  public struct Entry: Hashable, Sendable, Identifiable {
    public let id: Int
    public let method: String
    public let path: String
    public let time: Date
    /// What it changes, in words; `nil` for a read.
    public let change: String?
    /// The ending of the request; `nil` while it is in flight.
    public var ending: Ending?
    /// The exchange without secrets, as `--trace` prints it; `nil` if it wasn't traced or isn't kept any more.
    public var exchange: String?

    /// Whether it changes something, or may.
    public var isWrite: Bool { change != nil }
  }

  public enum Ending: Hashable, Sendable {
    case answered(status: Int, bytes: Int, Duration)
    case failed(CloudAPIError, Duration)
  }

  /// Oldest first: the last 500 reads and the last 500 writes. A request in flight stays until it ends, even if more
  /// follow.
  public private(set) var entries: [Entry] = []
  /// The sweeps whose requests are counted instead, oldest first: the last 50.
  public private(set) var sweeps: [SweepEntry] = []
  /// When the requests in flight started.
  private var waiting: [Int: Date] = [:]
  public var inFlight: Int { waiting.count }
  /// The number of the last request that was sent.
  public private(set) var lastID = 0
  /// The latest time until which the service asked to wait (429); it may be past.
  public private(set) var limitedUntil: Date?

  private static let capacity = 500
  private static let sweepCapacity = 50
  /// The most text of exchanges that is kept, in bytes.
  private static let textCapacity = 4 << 20
  private var textSize = 0
  private let activity: Activity
  private let now: @MainActor () -> Date
  private let news: AsyncStream<News>
  private let feed: AsyncStream<News>.Continuation

  private enum News: Sendable {
    case event(RequestEvent)
    case trace(Trace)
  }

  public init(activity: Activity, now: @escaping @MainActor () -> Date = { Date() }) {
    self.activity = activity
    self.now = now
    (news, feed) = AsyncStream.makeStream()
    let news = news
    Task { [weak self] in
      for await news in news {
        switch news {
        case .event(let event): self?.take(event)
        case .trace(let trace): self?.take(trace)
        }
      }
    }
  }

  deinit {
    feed.finish()
  }

  /// The observer that passes the client's request events to this log.
  public var observer: RequestObserver {
    { [feed] event in feed.yield(.event(event)) }
  }

  /// A transport whose exchanges this log keeps, without secrets.
  ///
  /// - Parameter secrets: those that the client uses.
  public func traced(_ transport: any Transport, secrets: KnownSecrets) -> any Transport {
    TracingTransport(transport, secrets: secrets, extent: .log) { [feed] trace in feed.yield(.trace(trace)) }
  }

  private func take(_ event: RequestEvent) {
    switch event.kind {
    case .started:
      waiting[event.id] = now()
      lastID = max(lastID, event.id)
    case .finished, .failed: waiting[event.id] = nil
    }
    if case .failed(let error, _) = event.kind, case .rateLimited(let until?) = error.code {
      limitedUntil = max(limitedUntil ?? until, until)
    }
    if case .sweep(let sweep)? = event.purpose { count(event, in: sweep) } else { note(event) }
    activity.changed()
  }

  private func note(_ event: RequestEvent) {
    switch event.kind {
    case .started:
      var change: String?
      // Reads that belong to a change, such as of the edition, change nothing.
      if case .change(let text)? = event.purpose, event.method != "GET" { change = text }
      entries.append(
        Entry(id: event.id, method: event.method, path: event.path, time: waiting[event.id] ?? now(), change: change))
      forgetOldest(isWrite: change != nil)
    case .finished(let status, let bytes, let duration):
      end(event.id, .answered(status: status, bytes: bytes, duration))
    case .failed(let error, let duration): end(event.id, .failed(error, duration))
    }
  }

  private func end(_ id: Int, _ ending: Ending) {
    guard let index = entries.lastIndex(where: { $0.id == id && $0.ending == nil }) else { return }
    entries[index].ending = ending
    forgetOldest(isWrite: entries[index].isWrite)
  }

  /// Removes the oldest entry of its kind that has ended: one in flight still needs its ending.
  private func forgetOldest(isWrite: Bool) {
    guard entries.count > Self.capacity, entries.count(where: { $0.isWrite == isWrite }) > Self.capacity,
      let oldest = entries.firstIndex(where: { $0.isWrite == isWrite && $0.ending != nil })
    else { return }
    textSize -= entries[oldest].exchange?.utf8.count ?? 0
    entries.remove(at: oldest)
  }

  /// Keeps the text of an exchange, of which a redirected request has several, instead of the oldest ones.
  private func take(_ trace: Trace) {
    guard let index = entries.lastIndex(where: { $0.id == trace.number }) else { return }
    let text = trace.text
    entries[index].exchange = (entries[index].exchange.map { $0 + "\n" } ?? "") + text
    textSize += text.utf8.count
    var oldest = entries.startIndex
    while textSize > Self.textCapacity, oldest < index {
      textSize -= entries[oldest].exchange?.utf8.count ?? 0
      entries[oldest].exchange = nil
      oldest += 1
    }
    activity.changed()
  }

  private func count(_ event: RequestEvent, in sweep: RequestSweep) {
    let index: Int
    if let known = sweeps.lastIndex(where: { $0.id == sweep.id }) {
      index = known
    } else {
      for earlier in sweeps.indices where sweeps[earlier].id.kind == sweep.id.kind { sweeps[earlier].end() }
      sweeps.append(SweepEntry(sweep, time: now()))
      if sweeps.count > Self.sweepCapacity { sweeps.removeFirst() }
      index = sweeps.count - 1
    }
    sweeps[index].take(event, of: sweep)
  }

  /// How many requests have been in flight for longer than the given number of seconds.
  public func waiting(longerThan seconds: Double, at now: Date) -> Int {
    waiting.values.count { now.timeIntervalSince($0) > seconds }
  }
}

/// A sweep as the log counts it.
public struct SweepEntry: Hashable, Sendable, Identifiable {
  public let id: RequestSweep.ID
  public let time: Date
  public private(set) var inFlight = 0
  private var sweep: RequestSweep
  private var read = 0
  /// The paths that could not be read so far.
  private var failed: Set<String> = []
  private var failedCount: Int?
  /// Why, of the first ones.
  private var reasons: [String: String] = [:]

  private static let mostReasons = 50

  init(_ sweep: RequestSweep, time: Date) {
    id = sweep.id
    self.time = time
    self.sweep = sweep
  }

  mutating func take(_ event: RequestEvent, of sweep: RequestSweep) {
    if sweep.clouds > self.sweep.clouds { self.sweep = sweep }
    switch event.kind {
    case .started: inFlight += 1
    case .finished:
      inFlight -= 1
      read += 1
      failed.remove(event.path)
      reasons[event.path] = nil
    case .failed(let error, _):
      inFlight -= 1
      guard error.code != .cancelled else { return }
      failed.insert(event.path)
      if reasons.count < Self.mostReasons { reasons[event.path] = "GET \(event.path): \(error.message)" }
    }
  }

  /// Keeps only numbers of the paths: another sweep of the kind has begun.
  mutating func end() {
    failedCount = failedCount ?? failed.count
    failed = []
  }

  /// `sizes of 300 clouds, 298 read, 2 failed`.
  public var text: String {
    let total = sweep.clouds * sweep.requestsPerCloud
    let done = min(read, total)
    let isWhole = sweep.requestsPerCloud == 1
    let count = isWhole ? Count.grouped(done) : "\(Count.grouped(done)) of \(Count.grouped(total)) lists"
    var parts = ["\(id.kind) of \(Count.text(sweep.clouds, "cloud", "clouds"))", "\(count) read"]
    let failures = failedCount ?? failed.count
    if failures > 0 { parts.append("\(Count.grouped(failures)) failed") }
    if inFlight > 0 { parts.append("\(inFlight) in flight") }
    return parts.joined(separator: ", ")
  }

  public var hasFailures: Bool { (failedCount ?? failed.count) > 0 }

  /// What it read, and why some of it could not be read, a line each.
  public var details: String {
    let lines = reasons.sorted { $0.key < $1.key }.map(\.value)
    let more = (failedCount ?? failed.count) - lines.count
    return ([text + "."] + lines + (more > 0 ? ["\(Count.grouped(more)) more failed."] : [])).joined(separator: "\n")
  }
}
