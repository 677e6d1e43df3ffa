/// The writes that were sent and not answered yet, so that quitting can say which they are.
@MainActor
public final class WriteLedger {
  /// What was asked for in the same gesture and not sent yet.
  public internal(set) var unsent: [String] = []

  private var descriptions: [Int: String] = [:]
  private var count = 0

  /// What each unanswered write was to do, oldest first: `delete cloud "Haussmann Tower"`.
  public var unanswered: [String] {
    descriptions.sorted { $0.key < $1.key }.map(\.value)
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
