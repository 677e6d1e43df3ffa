import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import TestSupport
import Testing

@testable import CloudConsole

/// While rows come, go, move and change their names, exactly the records that the question named are deleted.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct TargetTests {
  @Test(arguments: 1...10)
  func everyDeletionNamesWhatWasUnderTheCursorOrMarkedWhenItWasAskedFor(seed: UInt64) async throws {
    let walk = try await TargetWalk(seed: seed)
    for _ in 0..<150 { try await walk.step() }
    await walk.end()
    #expect(walk.questions > 3, "seed \(seed) asks too little to tell anything")
  }

  @Test func allWalksTogetherDeleteOneAndSeveral() async throws {
    var deleted = 0
    for seed in UInt64(1)...4 {
      let walk = try await TargetWalk(seed: seed)
      for _ in 0..<60 { try await walk.step() }
      await walk.end()
      deleted += walk.deleted.count
    }
    #expect(deleted > 5)
  }
}

/// A user who presses random keys, with other users at work on the same service.
@MainActor
private final class TargetWalk {
  private let test: ConsoleUnderTest
  /// The client of other users, whose requests are not the console's.
  private let others: CloudAPIClient
  private var random: SeededGenerator
  /// The paths that the open question allows to be deleted, each once.
  private var asked: Set<String> = []
  private var checked = 0
  private(set) var questions = 0
  private(set) var deleted: [String] = []
  /// The text to type for the open question; empty if none is required.
  private var words = ""

  init(seed: UInt64) async throws {
    random = SeededGenerator(seed: seed)
    test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("http://localhost"), authorization: .bearer(Secret(WorkspaceUnderTest.key)))
    configuration.edition = .classic
    others = CloudAPIClient(
      configuration: configuration, transport: SimulatorTransport(test.simulator, clock: ManualClock()))
    await test.start(at: 3)
    await test.press(random.number(below: 2) == 0 ? "1" : "4")
  }

  private var table: any TableModel { test.console.table }

  func step() async throws {
    switch random.number(below: 10) {
    case 0...1: try await somethingHappens()
    case 2...5: press(anyKey())
    case 6...7: await ask()
    default: answer()
    }
    // Sometimes pending responses arrive first, sometimes the next key does.
    if random.number(below: 3) > 0 { await test.settle() } else { test.present() }
    check()
  }

  func end() async {
    await test.settle()
    check()
  }

  private func press(_ key: Key) {
    // Letters are only for the filter: this test is not about what they do in the list.
    let top = test.console.layers.last?.layer
    let isTyping = test.console.filterEditor != nil || top is QuestionLayer
    if !isTyping, [.character("e"), .character("a")].contains(key) { return }
    test.console.handle([.key(key)])
  }

  private func anyKey() -> Key {
    let keys: [Key] = [
      .down, .down, .up, .home, .end, .character(" "), .character(" "), .character("*"), .control("a"),
      .character("u"), .character("s"), .character("/"), .character("e"), .character("a"), .escape, .escape, .enter,
      .character("r"), .pageDown, .backspace,
    ]
    return keys[random.number(below: keys.count)]
  }

  /// Presses D in the list and stores which records the user means.
  private func ask() async {
    guard test.console.layers.isEmpty, test.console.filterEditor == nil else { return press(.escape) }
    // The effects of earlier questions are over, and this is what the user sees.
    await test.settle()
    check()
    let rows = (0..<table.rowCount).map(table.row(at:))
    let marked = rows.filter(\.isMarked)
    #expect(marked.count == table.markedCount, "a mark stands on no row that the filter shows")
    let meant = marked.isEmpty ? table.selectedRow.map { [rows[$0]] } ?? [] : marked
    test.console.handle([.key(.character("D"))])
    guard !test.console.layers.isEmpty else { return }
    questions += 1
    asked = Set(meant.map(path))
    let isTyped = test.console.focus == 0 || meant.count > 10
    let noun = test.console.focus == 0 ? "clouds" : "processors"
    words = !isTyped ? "" : meant.count == 1 ? name(meant[0]) : "delete \(meant.count) \(noun)"
  }

  /// Confirms the open question.
  private func answer() {
    guard test.console.layers.last?.layer is QuestionLayer else { return press(.escape) }
    test.present()
    if words.isEmpty {
      test.console.handle([.key(.character("y"))])
    } else {
      test.console.handle([.key(.control("u"))] + words.map { .key(.character($0)) })
      test.present()
      test.console.handle([.key(.enter)])
    }
  }

  private func path(_ row: TableRow) -> String {
    test.console.focus == 0 ? "/cloud/\(row.id)" : "/cloud/3/processor/\(row.id)"
  }

  private func name(_ row: TableRow) -> String {
    switch row.values[0] {
    case .text(let name), .node(_, let name): name
    default: ""
    }
  }

  /// Expects each DELETE to have been confirmed, and to be sent once.
  private func check() {
    let writes = test.service.transport.writes
    for write in writes.dropFirst(checked) {
      guard write.hasPrefix("DELETE ") else {
        Issue.record("nobody asked for \(write)")
        continue
      }
      let path = String(write.dropFirst("DELETE ".count))
      #expect(asked.remove(path) != nil, "\(path) was deleted and not asked about")
      deleted.append(path)
    }
    checked = writes.count
  }

  /// A deletion that the console has sent may be carried out between another user's list and change.
  private func unlessGone(_ change: () async throws -> Void) async throws {
    do {
      try await change()
    } catch let error as CloudAPIError where error.code == .notFound {
    }
  }

  /// Lets another user make a change, changes the sizes, or reloads the list.
  private func somethingHappens() async throws {
    let client = others
    let isClouds = test.console.focus == 0
    // Names that other records have, too.
    let name = ["Twin", "extract", "Archive 2018", "Ä"][random.number(below: 4)]
    switch random.number(below: 5) {
    case 0:
      if isClouds {
        _ = try await client.createCloud(CloudDraft(name: name))
      } else {
        _ = try await client.cloudProcessorCreate(3, ProcessorDraft(name: name))
      }
    case 1:
      if isClouds {
        let all = try await client.getClouds().filter { $0.id != 3 }
        guard all.count > 3 else { return }
        let id = all[random.number(below: all.count)].id
        try await unlessGone { try await client.deleteCloud(id) }
      } else {
        let all = try await client.cloudProcessorList(3)
        guard all.count > 1 else { return }
        let id = all[random.number(below: all.count)].id
        try await unlessGone { try await client.cloudProcessorDelete(3, id) }
      }
    case 2:
      if isClouds {
        let all = try await client.getClouds()
        guard !all.isEmpty else { return }
        let id = all[random.number(below: all.count)].id
        try await unlessGone { _ = try await client.updateCloud(id, CloudPatch(name: name)) }
      } else {
        let all = try await client.cloudProcessorList(3)
        guard !all.isEmpty else { return }
        let id = all[random.number(below: all.count)].id
        try await unlessGone { _ = try await client.cloudProcessorPartialUpdate(3, id, ProcessorPatch(name: name)) }
      }
    case 3:
      // All sizes change, so that rows ordered by size move.
      let shift = random.number(below: 1000)
      await test.simulator.setFaults { request in
        guard let path = request.path, path.hasSuffix("/size") else { return nil }
        let number = path.utf8.reduce(shift) { ($0 &* 31 &+ Int($1)) % 1009 }
        return .reply(status: .ok, fields: [.contentType: "application/json"], body: "\(number * 1_000_000)")
      }
      test.workspace.refreshClouds()
    default:
      table.refresh()
    }
    if random.number(below: 2) == 0 { table.refresh() }
  }
}
