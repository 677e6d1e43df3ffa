import CloudAPI
import FoundationEssentials

/// A question whether to do something to several records, each pinned to its id, and then the doing of it, one after the
/// other, each once.
///
/// Each record is read again before anything can be confirmed; where one changed since it was drawn, nothing is done.
@MainActor
public final class BatchModel {
  /// How far it is.
  public enum Phase: Hashable, Sendable {
    /// The records and what follows are being read.
    case reading(since: Date)
    /// It can be confirmed.
    case ready
    /// It can't be confirmed; the items say why, unless it is this.
    case refused(String)
    case acting(since: Date)
    /// It is over and not all was done; the items say what became of each.
    case settled
    /// All is done: the dialog closes.
    case done
  }

  /// One of the records.
  public struct Item: Hashable, Sendable, Identifiable {
    public let id: String
    public let title: String
    /// What follows for it; `nil` while it is read, `?` where it can't be.
    public internal(set) var details: [String]?
    public internal(set) var state = State.asked
  }

  /// How far one of the records is.
  public enum State: Hashable, Sendable {
    case asked
    /// It is no longer what was drawn, and how.
    case changed(String)
    case sending
    case done
    /// It was gone before anything was sent for it, or when that arrived.
    case gone
    /// The service said no.
    case refused(String)
    case unknown(String)
    /// Nothing was sent for it.
    case unsent
  }

  /// What became of what was sent for one record.
  public struct Outcome: Sendable {
    public let state: State
    /// Whether the next would meet the same, so that it stays unsent.
    public var endsTheBatch = false
    /// What reading again decides, where the answer was lost.
    public var doubt: Doubt?
  }

  /// What a batch is about.
  public struct Definition {
    /// `Remove 3 users from Haussmann Tower?`
    public var title: String
    /// What confirming does: `remove`.
    public var verb: String
    /// Whether something is lost by it.
    public var isDestructive: Bool
    public var preface: String
    /// What to type to confirm it; `nil` where `y` does.
    public var typed: TypedText?
    public var names: ResourceNames
    /// The records, and what is done to each: `remove user "Ada Lovelace"`.
    var items: [(item: Item, write: PlannedWrite)]
    /// Reads the records again: how each one differs from what was drawn, by id; an error where they can't be read.
    public var reread: @MainActor () async -> Result<[String: String], CloudAPIError>
    /// What follows for the record of an index.
    public var details: @MainActor (Int) async -> [String]
    /// Does it to the record of an index, once.
    public var act: @MainActor (Int) async -> Outcome
    /// Called when it is over. Whether what it wasn't done to is still marked.
    public var finish: @MainActor () -> Bool
    /// `Removed 2 of 3 users`, given the number in words.
    public var done: @MainActor (String) -> String
  }

  public let definition: Definition
  public internal(set) var phase: Phase
  public internal(set) var items: [Item]
  /// What was typed so far.
  public var typed = ""
  /// Whether the person wants nothing more to be sent.
  public internal(set) var isStopping = false
  /// Whether what it wasn't done to is still marked when it is over.
  var keepsMarks = false
  /// What was said at the end, which a verdict makes obsolete.
  var summaryNotice: Notice.ID?

  let context: ModelContext
  private var reading: [Task<Void, Never>] = []
  private var patience: Task<Void, Never>?
  private var isUnchanged = false

  /// So many records' details are read at once.
  private static let readsAtOnce = 4

  public init(_ definition: Definition, context: ModelContext) {
    self.definition = definition
    self.context = context
    phase = .reading(since: context.now())
    items = definition.items.map(\.item)
    read()
  }

  /// Whether confirming now would do it.
  public var canConfirm: Bool { phase == .ready && definition.typed.isMet(by: typed) }

  /// The person went away: nothing more is sent, what was sent is not stopped, and its outcome becomes a notice.
  public func leave() {
    isStopping = true
    patience?.cancel()
    for task in reading { task.cancel() }
  }

  /// Says that nothing was done, because what was typed is something else.
  public func sayNotDone() {
    if let wanted = definition.typed { context.notices.say(.information, wanted.notDone) }
  }

  private func read() {
    reading.append(
      context.activity.run { [weak self] in
        guard let result = await self?.definition.reread(), !Task.isCancelled else { return }
        self?.take(result)
      })
    let workers = min(Self.readsAtOnce, items.count)
    for worker in 0..<workers {
      reading.append(
        context.activity.run { [weak self] in
          guard let count = self?.items.count else { return }
          for index in stride(from: worker, to: count, by: workers) {
            guard !Task.isCancelled, let details = await self?.definition.details(index), !Task.isCancelled else {
              return
            }
            self?.items[index].details = details
            self?.waitPatiently()
            self?.settleReading()
          }
        })
    }
    waitPatiently()
  }

  private func take(_ result: Result<[String: String], CloudAPIError>) {
    switch result {
    case .failure(let error):
      phase = .refused("They could not be read again, so nothing was done. \(error.sentence)")
    case .success(let changes) where changes.isEmpty:
      isUnchanged = true
      settleReading()
    case .success(let changes):
      for index in items.indices { items[index].state = changes[items[index].id].map(State.changed) ?? .asked }
      let count = "\(changes.count) of \(items.count) changed since they were drawn"
      phase = .refused("\(count): nothing was done. Look at them again first.")
    }
    context.activity.changed()
  }

  /// What can't be read must not keep a person from acting: after five seconds without an answer it becomes a question mark.
  private func waitPatiently() {
    patience?.cancel()
    guard items.contains(where: { $0.details == nil }) else { return }
    patience = context.activity.run(after: .seconds(5), on: context.clock) { [weak self] in
      guard let self else { return }
      for index in self.items.indices where self.items[index].details == nil {
        self.items[index].details = ["? (not answered yet)"]
      }
      for task in reading.dropFirst() { task.cancel() }
      settleReading()
    }
  }

  private func settleReading() {
    if case .reading = phase, isUnchanged, items.allSatisfy({ $0.details != nil }) {
      phase = .ready
      patience?.cancel()
    }
    context.activity.changed()
  }
}
