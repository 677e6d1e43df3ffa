/// The writes that were sent and not settled yet, unanswered or with their answer lost, so that quitting can say which they
/// are.
@MainActor
public final class WriteLedger {
  /// The last write that the service said yes to, as a command.
  public private(set) var lastDone: CommandLineText?
  /// What was asked for in the same gesture and not sent yet.
  public var unsent: [String] { plans.sorted { $0.key < $1.key }.flatMap(\.value).map(\.description) }

  /// Who makes what is made with this key; `nil` until something was.
  private(set) var author: Author?

  private var plans: [Int: [PlannedWrite]] = [:]
  private var sent: [Int: PlannedWrite] = [:]
  private var count = 0

  /// What each write that nobody knows the outcome of was to do, oldest first: `delete cloud "Haussmann Tower"`.
  public var unanswered: [String] {
    sent.sorted { $0.key < $1.key }.map(\.value.description)
  }

  /// The records that something was sent for and isn't settled, or is about to be.
  var targets: Set<WriteTarget> {
    guard !sent.isEmpty || !plans.isEmpty else { return [] }
    return Set(sent.values.compactMap(\.target)).union(plans.values.joined().compactMap(\.target))
  }

  /// What is not settled now.
  public var open: OpenWrites { OpenWrites(unanswered: unanswered, unsent: unsent) }

  /// Remembers what was done last.
  func done(_ command: CommandLineText) {
    lastDone = command
  }

  /// Remembers whom the service says to have made what was just made here.
  func wasMade(by author: Author?) {
    if let author { self.author = author }
  }

  /// A number for a gesture that sends several writes, one after the other.
  func beginPlan() -> Int {
    count += 1
    return count
  }

  /// Says what of a gesture is still to be sent; nothing ends it.
  func setUnsent(_ writes: [PlannedWrite], of plan: Int) {
    plans[plan] = writes.isEmpty ? nil : writes
  }

  /// Keeps one write until it is answered.
  func record<Answer>(_ write: PlannedWrite, _ send: () async -> Answer) async -> Answer {
    let entry = open(write)
    defer { close(entry) }
    return await send()
  }

  /// One write that is not settled.
  struct Entry {
    fileprivate let number: Int
  }

  /// Remembers a write until `close`.
  func open(_ write: PlannedWrite) -> Entry {
    count += 1
    sent[count] = write
    return Entry(number: count)
  }

  func close(_ entry: Entry) {
    sent[entry.number] = nil
  }
}
