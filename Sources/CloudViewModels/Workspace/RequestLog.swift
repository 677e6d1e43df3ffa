import CloudAPI
import CloudChanges
import FoundationEssentials

/// This run's requests, for the log and for the number of those in flight.
@MainActor
public final class RequestLog {
  /// One request and how it ended.
  public struct Entry: Hashable, Sendable, Identifiable {
    public let id: Int
    public let method: String
    public let path: String
    public let time: Date
    /// How it ended; `nil` while it is in flight.
    public var ending: Ending?
  }

  public enum Ending: Hashable, Sendable {
    case answered(status: Int, bytes: Int, Duration)
    case failed(CloudAPIError, Duration)
  }

  /// Oldest first, the last 500. One in flight stays until it has ended, however many came after it.
  public private(set) var entries: [Entry] = []
  /// When those in flight began.
  private var waiting: [Int: Date] = [:]
  public var inFlight: Int { waiting.count }
  /// Until when the service asked to be left alone (429), the latest of what it said; it may be over.
  public private(set) var limitedUntil: Date?

  private static let capacity = 500
  private let activity: Activity
  private let now: @MainActor () -> Date
  private let events: AsyncStream<RequestEvent>
  private let feed: AsyncStream<RequestEvent>.Continuation

  public init(activity: Activity, now: @escaping @MainActor () -> Date = { Date() }) {
    self.activity = activity
    self.now = now
    (events, feed) = AsyncStream.makeStream()
    let events = events
    Task { [weak self] in
      for await event in events { self?.take(event) }
    }
  }

  deinit {
    feed.finish()
  }

  /// What the client reports to.
  public var observer: RequestObserver {
    { [feed] event in feed.yield(event) }
  }

  private func take(_ event: RequestEvent) {
    switch event.kind {
    case .started:
      let time = now()
      waiting[event.id] = time
      entries.append(Entry(id: event.id, method: event.method, path: event.path, time: time))
      forgetOldest()
    case .finished(let status, let bytes, let duration):
      end(event.id, .answered(status: status, bytes: bytes, duration))
    case .failed(let error, let duration):
      if case .rateLimited(let until?) = error.code { limitedUntil = max(limitedUntil ?? until, until) }
      end(event.id, .failed(error, duration))
    }
    activity.changed()
  }

  private func end(_ id: Int, _ ending: Ending) {
    waiting[id] = nil
    guard let index = entries.lastIndex(where: { $0.id == id && $0.ending == nil }) else { return }
    entries[index].ending = ending
    forgetOldest()
  }

  /// Makes room among those that have ended: one in flight still has to be counted and to be told how it ends.
  private func forgetOldest() {
    guard entries.count > Self.capacity, let oldest = entries.firstIndex(where: { $0.ending != nil }) else { return }
    entries.remove(at: oldest)
  }

  /// How many requests have been in flight for longer than so many seconds.
  public func waiting(longerThan seconds: Double, at now: Date) -> Int {
    waiting.values.count { now.timeIntervalSince($0) > seconds }
  }
}
