import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// Whether a record that appeared is the one whose response was lost, or another user's of the same name.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct CreationVerdictTests {
  private static let ada = "{\"id\":7,\"email\":\"ada@x.example\",\"firstname\":\"Ada\"}"
  private static let grace = "{\"id\":8,\"email\":\"grace@x.example\",\"firstname\":\"Grace\"}"

  private static func cloud(_ id: Int, _ name: String, by creator: String) -> String {
    "{\"id\":\(id),\"name\":\"\(name)\",\"features\":[],\"creator\":\(creator)}"
  }

  nonisolated private static func reply(_ body: String, created: Bool = false) -> Fault {
    .reply(status: created ? .created : .ok, fields: [.contentType: "application/json"], body: body)
  }

  /// Creates a cloud as Ada and loses the response. Before that, if `first` is set, a creation with a response reveals the
  /// author. `found` are the clouds that the list then contains besides the old ones.
  private func verdict(found: [String], first: Bool = true) async throws -> (Notice?, WorkspaceUnderTest, FormModel) {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let known = first ? [Self.cloud(90, "First", by: Self.ada)] : []
    if first {
      await test.simulator.setFaults {
        switch ($0.method, $0.path) {
        case (.post, "/cloud"): Self.reply(known[0], created: true)
        case (.get, "/cloud"): Self.reply("[\(known[0])]")
        default: nil
        }
      }
      try await submit("First", test)
    }
    await test.simulator.setFaults {
      switch ($0.method, $0.path) {
      case (.post, "/cloud"): .connectionLost(carriedOut: false)
      case (.get, "/cloud"): Self.reply("[\((known + found).joined(separator: ","))]")
      default: nil
      }
    }
    let form = try await submit("Twice", test)
    await test.settleDoubts()
    return (test.context.notices.current, test, form)
  }

  @discardableResult
  private func submit(_ name: String, _ test: WorkspaceUnderTest) async throws -> FormModel {
    let form = try #require(test.workspace.clouds.actions.creationForm())
    form.set(.text(name), for: "name")
    form.submit()
    await test.idle()
    return form
  }

  @Test func itsCreatorProvesThatItIsOurs() async throws {
    let (notice, _, form) = try await verdict(found: [
      Self.cloud(91, "Twice", by: Self.grace), Self.cloud(92, "Twice", by: Self.ada),
    ])
    #expect(notice?.kind == .done)
    #expect(
      notice?.text == "Created cloud \"Twice\". The reply was lost; a re-read at 13:04 confirms it.")
    #expect(form.phase == .done)
  }

  @Test func aColleaguesOfTheSameNameDoesNotPassForOurs() async throws {
    let (notice, _, form) = try await verdict(found: [Self.cloud(91, "Twice", by: Self.grace)])
    #expect(notice?.kind == .failure)
    #expect(
      notice?.text == "Confirmed not done at 13:04: create cloud \"Twice\". It can be sent again.")
    #expect(form.phase == .editing)
  }

  @Test func whereNobodyKnowsWhoWeAreItsMakerIsSaid() async throws {
    let (notice, _, form) = try await verdict(found: [Self.cloud(91, "Twice", by: Self.grace)], first: false)
    #expect(notice?.kind == .unknown)
    #expect(
      notice?.text
        == "It is unknown whether it was done: create cloud \"Twice\". "
        + "There is one of that name now, made since 13:04 by Grace, grace@x.example: it may be yours or someone else's."
    )
    #expect(form.phase == .editing)
  }

  @Test(arguments: [1, 2])
  func whereNobodyIsNamedTheOnlyNewOneIsOursAndOneOfTwoIsNot(count: Int) async throws {
    let found = (91..<91 + count).map { Self.cloud($0, "Twice", by: "null") }
    let (notice, _, form) = try await verdict(found: found, first: false)
    #expect(notice?.kind == (count == 1 ? .done : .unknown))
    #expect(form.phase == (count == 1 ? .done : .editing))
    #expect(
      notice?.text.hasSuffix(
        count == 1
          ? "The reply was lost; a re-read at 13:04 confirms it."
          : "There is one of that name now, made since 13:04: it may be yours or someone else's.") == true)
  }

  @Test func whatWasThereBeforeIsNotOurs() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.post, "/cloud", with: .connectionLost(carriedOut: false))
    try await submit("Haussmann Tower", test)
    await test.settleDoubts()
    #expect(test.context.notices.current?.text.hasPrefix("Confirmed not done") == true)
  }

  @Test func aProcessorWithOtherParentsIsAnothers() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try #require(test.workspace.processors.actions.creationForm())
    form.set(.text("twin"), for: "name")
    form.set(.picks(["31"]), for: "parent_processors")
    await test.simulator.setFaults {
      switch ($0.method, $0.path) {
      case (.post, _): .connectionLost(carriedOut: false)
      case (.get, "/cloud/3/processor"): Self.reply("[{\"id\":99,\"name\":\"twin\",\"parent_processors\":[]}]")
      default: nil
      }
    }
    form.submit()
    await test.idle()
    await test.settleDoubts()
    #expect(test.context.notices.current?.text.hasPrefix("Confirmed not done") == true)
  }
}
