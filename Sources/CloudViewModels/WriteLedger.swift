/// The writes that were sent and not answered yet, so that quitting can say which they are.
@MainActor
public final class WriteLedger {
  /// The last write that the service said yes to, as a command.
  public private(set) var lastDone: CommandLineText?
  /// What was asked for in the same gesture and not sent yet.
  public var unsent: [String] { plans.sorted { $0.key < $1.key }.flatMap(\.value) }

  private var plans: [Int: [String]] = [:]
  private var descriptions: [Int: String] = [:]
  private var count = 0

  /// What each unanswered write was to do, oldest first: `delete cloud "Haussmann Tower"`.
  public var unanswered: [String] {
    descriptions.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What is not settled now.
  public var open: OpenWrites { OpenWrites(unanswered: unanswered, unsent: unsent) }

  /// Remembers what was done last.
  func done(_ command: CommandLineText) {
    lastDone = command
  }

  /// A number for a gesture that sends several writes, one after the other.
  func beginPlan() -> Int {
    count += 1
    return count
  }

  /// Says what of a gesture is still to be sent; nothing ends it.
  func setUnsent(_ writes: [String], of plan: Int) {
    plans[plan] = writes.isEmpty ? nil : writes
  }

  /// Runs one write under its description.
  func record<Answer>(_ description: String, _ write: () async -> Answer) async -> Answer {
    count += 1
    let number = count
    descriptions[number] = description
    defer { descriptions[number] = nil }
    return await write()
  }
}
