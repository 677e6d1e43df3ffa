import CloudAPI
import CloudSimulator
import FoundationEssentials
import HTTPTypes
import Synchronization
import Testing

/// Detection of the edition that a service speaks, by reading.
@Suite(.timeLimit(.minutes(5))) struct EditionTests {
  private typealias Step = ScriptedTransport.Step

  private static let classicClouds = Step.json(#"[{"id": 7, "name": "a", "features": []}]"#)
  private static let currentClouds = Step.json(#"[{"id": 7, "name": "a", "organization": null}]"#)
  private static let user = Step.json(#"{"id": 12, "email": "a@example.com", "cloud_role": 100}"#)
  private static let users = Step.json(#"[{"id": 12, "email": "a@example.com"}]"#)

  private func client(_ transport: any Transport, memory: EditionMemory = .none) throws -> CloudAPIClient {
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.edition = .auto
    return CloudAPIClient(configuration: configuration, transport: transport, clock: HandClock(), memory: memory)
  }

  private func sent(_ transport: ScriptedTransport) -> [String] {
    transport.requests.map { "\($0.head.method) \($0.head.path ?? "")" }
  }

  @Test(arguments: ["organization", "marketplace_apps", "creator_app", "image"])
  func aCloudWithAFieldOfTheCurrentEditionTells(field: String) async throws {
    let transport = ScriptedTransport(.json(#"[{"id": 1, "name": "a"}, {"id": 7, "name": "b", "\#(field)": null}]"#))
    let client = try client(transport)
    #expect(client.knownEdition == nil)
    #expect(try await client.resolvedEdition() == .current)
    #expect(try await client.resolvedEdition() == .current)
    #expect(transport.requests.count == 1)
  }

  @Test(arguments: [("4096", Edition.classic), (#""4096""#, .classic), (#" {"total_size": 1}"#, .current)])
  func elseASizeTells(size: String, edition: Edition) async throws {
    let transport = ScriptedTransport(Self.classicClouds, .json(size))
    let client = try client(transport)
    #expect(try await client.resolvedEdition() == edition)
    #expect(client.knownEdition == edition)
    #expect(sent(transport) == ["GET /cloud", "GET /cloud/7/size"])
  }

  @Test func whereNothingTellsNothingIsRemembered() async throws {
    let transport = ScriptedTransport(
      .json("[]"), Self.classicClouds, .empty(status: 403), Self.classicClouds, .json("[]"), .json("[]"),
      .empty(status: 404), Self.user)
    let client = try client(transport)
    #expect(try await client.resolvedEdition() == nil)
    #expect(try await client.resolvedEdition() == nil)
    #expect(try await client.resolvedEdition() == nil)
    #expect(client.knownEdition == nil)
    _ = try await client.getCloudUser(3, 12)
    #expect(sent(transport).suffix(3) == ["GET /cloud", "GET /cloud/3/size", "GET /cloud/3/user/12"])
  }

  @Test func whatIsTheSameInBothEditionsGoesOutAtOnce() async throws {
    let cloud = Step.json(#"{"id": 1, "name": "x"}"#)
    let transport = ScriptedTransport(
      .json(#"[{"id": 1, "name": "a"}]"#), cloud, cloud, cloud, .empty(status: 204), cloud, Self.users,
      .empty(status: 204), .json("[]"), .json(#"{"id": 1, "email": "a@example.com"}"#), .empty(status: 204))
    let client = try client(transport)
    _ = try await client.getClouds()
    try await client.createCloud(CloudDraft(name: "x"))
    _ = try await client.getCloud(1)
    try await client.updateCloud(1, CloudPatch(name: "x"))
    try await client.deleteCloud(1)
    try await client.createDemo(1)
    _ = try await client.getCloudUsers(1)
    try await client.deleteCloudUser(1, 12)
    _ = try await client.getCloudInvitations(1)
    try await client.inviteCloudUser(1, CloudInvitationDraft(email: "a@example.com", redirectURI: "https://x.example"))
    try await client.cancelCloudUserInvitation(1, 2)
    #expect(transport.requests.count == 11)
    #expect(client.knownEdition == nil)
  }

  @Test func theAnswersOfReadsTellByTheWay() async throws {
    let listed = ScriptedTransport(Self.currentClouds, Self.users)
    let first = try client(listed)
    _ = try await first.getClouds()
    #expect(try await first.getCloudUser(7, 12).email == "a@example.com")
    #expect(sent(listed) == ["GET /cloud", "GET /cloud/7/user"])

    let streamed = ScriptedTransport(Self.currentClouds)
    let second = try client(streamed)
    try await second.records(of: .getClouds) { _ in }
    #expect(second.knownEdition == .current)

    let sized = ScriptedTransport(.json("4096"), .json(#"{"total_size": 4096}"#))
    let third = try client(sized)
    _ = try await third.getCloudSize(7)
    #expect(third.knownEdition == .classic)
    _ = try await third.getCloudSize(7)
    #expect(third.knownEdition == .current)
  }

  @Test func aCallWaitsForTheEditionThatDecidesItsForm() async throws {
    let transport = ScriptedTransport(Self.classicClouds, .json(#"{"total_size": 1}"#), Self.user)
    let client = try client(transport)
    try await client.updateCloudUser(3, 12, UserCloudUpdate(role: .admin))
    #expect(sent(transport) == ["GET /cloud", "GET /cloud/7/size", "PATCH /cloud/3/user/12"])
    #expect(transport.requests.last.map { String(decoding: $0.body, as: UTF8.self) } == #"{"cloud_role":100}"#)
    let error = try await #require(throws: CloudAPIError.self) { try await client.cloudProcessorList(3) }
    #expect(error.code == .unsupported(.current))
    #expect(transport.requests.count == 3)
  }

  @Test func callsAtTheSameTimeShareTheReading() async throws {
    let simulator = Simulator()
    let client = try client(SimulatorTransport(simulator))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { _ = try await client.cloudProcessorList(3) } }
      try await group.waitForAll()
    }
    #expect(client.knownEdition == .classic)
    #expect(await simulator.requestCount(.get, "/cloud") == 1)
  }

  @Test func aReadingThatFailsLeavesNoOutcomeUnknown() async throws {
    let transport = ScriptedTransport(.failure(.connectionLost(reason: "reset")))
    let client = try client(transport)
    let update = UserCloudUpdate(role: .admin)
    let error = try await #require(throws: CloudAPIError.self) { try await client.updateCloudUser(3, 12, update) }
    #expect(error == CloudAPIError(.unreachable(reason: "reset"), request: "GET /cloud"))
    #expect(transport.requests.count == 1)
  }

  @Test func anIDThatCannotStandInAPathIsRefusedBeforeAnyReading() async throws {
    let transport = ScriptedTransport()
    let client = try client(transport)
    let error = try await #require(throws: CloudAPIError.self) {
      try await client.getCloudUser(Cloud.ID(rawValue: ".."), 12)
    }
    #expect(error.code == .notFound)
    #expect(transport.requests.isEmpty)
  }

  @Test func aReadOnlyClientReadsNothingForTheSakeOfAWrite() async throws {
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.edition = .auto
    configuration.isReadOnly = true
    let transport = ScriptedTransport()
    let client = CloudAPIClient(configuration: configuration, transport: transport)
    let update = UserCloudUpdate(role: .admin)
    let error = try await #require(throws: CloudAPIError.self) { try await client.updateCloudUser(3, 12, update) }
    #expect(error.code == .readOnly)
    #expect(transport.requests.isEmpty)
  }

  @Test func whatWasFoundOutOutlivesTheClient() async throws {
    let kept = Mutex<[String]>([])
    let memory = EditionMemory { _ in
      nil
    } remember: { edition, url in
      kept.withLock { $0.append("\(edition) \(url)") }
    }
    let first = try client(ScriptedTransport(Self.currentClouds, Self.currentClouds), memory: memory)
    _ = try await first.getClouds()
    _ = try await first.getClouds()
    #expect(kept.withLock { $0 } == ["current https://api.example.com"])

    let transport = ScriptedTransport(Self.users)
    let second = try client(transport, memory: EditionMemory(recall: { _ in .current }, remember: { _, _ in }))
    #expect(second.knownEdition == .current)
    _ = try await second.getCloudUser(7, 12)
    #expect(sent(transport) == ["GET /cloud/7/user"])
  }

  @Test(arguments: [Simulator.Edition.classic, .current])
  func bothEditionsOfTheSimulatorAreToldApart(edition: Simulator.Edition) async throws {
    let client = try client(SimulatorTransport(Simulator(edition: edition)))
    #expect(try await client.resolvedEdition()?.rawValue == edition.rawValue)
    if edition == .current {
      await #expect(throws: CloudAPIError.self) { try await client.cloudProcessorList(3) }
    } else {
      #expect(try await client.cloudProcessorList(3).isEmpty == false)
    }
  }
}
