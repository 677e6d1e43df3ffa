import CloudAPI
import CloudChanges
import FoundationEssentials

/// The requests of this run, for the log and for the number of those in flight.
@MainActor
public final class RequestLog {
  /// One request and its ending.
  public struct Entry: Hashable, Sendable, Identifiable {
    public let id: Int
    public let method: String
    public let path: String
    public let time: Date
    /// The ending of the request; `nil` while it is in flight.
    public var ending: Ending?
  }

  public enum Ending: Hashable, Sendable {
    case answered(status: Int, bytes: Int, Duration)
    case failed(CloudAPIError, Duration)
  }

  /// Oldest first, the last 500. A request in flight stays until it ends, even if more follow.
  public private(set) var entries: [Entry] = []
  /// When the requests in flight started.
  private var waiting: [Int: Date] = [:]
  public var inFlight: Int { waiting.count }
  /// The latest time until which the service asked to wait (429); it may be past.
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

  /// The observer that passes the client's request events to this log.
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

  /// Removes the oldest entry that has ended: one in flight still needs its ending.
  private func forgetOldest() {
    guard entries.count > Self.capacity, let oldest = entries.firstIndex(where: { $0.ending != nil }) else { return }
    entries.remove(at: oldest)
  }

  /// How many requests have been in flight for longer than the given number of seconds.
  public func waiting(longerThan seconds: Double, at now: Date) -> Int {
    waiting.values.count { now.timeIntervalSince($0) > seconds }
  }
}
