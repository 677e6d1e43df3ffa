import CloudChanges
import CloudSimulator

/// A fault of the simulator, as a specification without the requests that it strikes, and the time that it takes.
public struct FaultUnderTest: Hashable, Sendable, CustomStringConvertible {
  /// `latency=700`.
  public let description: String

  private static let values = ["latency": "700", "drip": "16/90", "429": "7", "truncated": "5", "reset-late": "4000"]

  /// Every fault by name.
  public static let all = FaultSpec.names.map { name in
    FaultUnderTest(description: name + (values[name].map { "=\($0)" } ?? ""))
  }

  /// All but deletions by somebody else, which the answer to a write doesn't tell of.
  public static let ofConnections = all.filter { $0.description != "vanish" }

  /// Advances the network's clock for faults that take time, until it is cancelled.
  @MainActor
  public func passTime(_ test: WorkspaceUnderTest) async {
    let rests: [String: Duration] = [
      "latency": .milliseconds(700), "drip": .milliseconds(90), "no-answer": .seconds(30),
    ]
    guard let rest = rests.first(where: { description.hasPrefix($0.key) })?.value else { return }
    while true {
      await test.network.waitForRest(of: rest)
      if Task.isCancelled { return }
      test.network.advance(by: rest)
    }
  }

  /// Waits until it is known what became of several writes that were sent at the same time.
  @MainActor
  public func settleAll(_ test: WorkspaceUnderTest) async {
    if description.hasPrefix("reset-late"), !test.transport.writes.isEmpty {
      // The service applies the writes after the connections were lost and the first reads found nothing.
      await test.network.waitForRest(of: .seconds(4))
      test.network.advance(by: .seconds(4))
      while await test.simulator.requests.contains(where: { $0.status == nil && !$0.isApplied }) { await Task.yield() }
    }
    await test.settleAllDoubts()
  }

  /// Waits until it is known what became of the writes, also of those applied late or of a service that asked to wait.
  @MainActor
  public func settle(_ test: WorkspaceUnderTest) async {
    switch description {
    case _ where description.hasPrefix("reset-late"):
      // The service applies the writes after the connection was lost and the first read found nothing.
      guard !test.transport.writes.isEmpty else { return }
      await test.network.waitForRest(of: .seconds(4))
      test.network.advance(by: .seconds(4))
      while await test.simulator.requests.contains(where: { $0.status == nil && !$0.isApplied }) { await Task.yield() }
      await test.settleDoubts()
    case _ where description.hasPrefix("429"):
      await test.settleDoubts(rests: [.seconds(7), .seconds(10), .seconds(13)])
    default: await test.settleDoubts()
    }
  }
}
