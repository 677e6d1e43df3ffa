import CloudAPI
import FoundationEssentials
import HTTPTypes
import Synchronization
import Testing

/// A service that has changed to another edition than the remembered one.
@Suite(.timeLimit(.minutes(5))) struct RememberedEditionTests {
  private typealias Step = ScriptedTransport.Step

  private static let classicClouds = Step.json(#"[{"id": 7, "name": "a", "features": []}]"#)
  private static let currentClouds = Step.json(#"[{"id": 7, "name": "a", "organization": null}]"#)
  private static let user = Step.json(#"{"id": 12, "email": "a@example.com", "cloud_role": 100}"#)
  private static let users = Step.json(#"[{"id": 12, "email": "a@example.com"}]"#)
  private static let admin = UserCloudUpdate(role: .admin)

  private final class Kept: Sendable {
    private let editions = Mutex<[Edition]>([])

    var all: [Edition] { editions.withLock { $0 } }

    func append(_ edition: Edition) {
      editions.withLock { $0.append(edition) }
    }
  }

  private func client(
    remembering edition: Edition?, _ transport: ScriptedTransport, kept: Kept = Kept(),
    now: @escaping @Sendable () -> Date = { fixtureNow }
  ) throws -> CloudAPIClient {
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.edition = .auto
    return CloudAPIClient(
      configuration: configuration, transport: transport, clock: HandClock(), now: now,
      memory: EditionMemory(recall: { _ in edition }, remember: { edition, _ in kept.append(edition) }))
  }

  private func sent(_ transport: ScriptedTransport) -> [String] {
    transport.requests.map { request in
      "\(request.head.method) \(request.head.path ?? "")"
        + (request.body.isEmpty ? "" : " " + String(decoding: request.body, as: UTF8.self))
    }
  }

  @Test func aWriteIsSentInTheFormOfTheEditionThatTheServiceSpeaksByNow() async throws {
    let clouds = ScriptedTransport(Self.currentClouds, Self.user)
    let kept = Kept()
    try await client(remembering: .classic, clouds, kept: kept).updateCloudUser(3, 12, Self.admin)
    #expect(sent(clouds) == ["GET /cloud", #"PATCH /cloud/3/user/12 {"cloud_role":100}"#])
    #expect(kept.all == [.current])

    let size = ScriptedTransport(.json("[]"), .json(#"{"total_size": 1}"#), Self.user)
    try await client(remembering: .classic, size).fullUpdateCloudUser(3, 12, Self.admin)
    #expect(sent(size) == ["GET /cloud", "GET /cloud/3/size", #"PATCH /cloud/3/user/12 {"cloud_role":100}"#])

    let back = ScriptedTransport(Self.classicClouds, .json("4096"), Self.user)
    let keptBack = Kept()
    try await client(remembering: .current, back, kept: keptBack).updateCloudUser(3, 12, Self.admin)
    #expect(sent(back) == ["GET /cloud", "GET /cloud/7/size", #"PATCH /cloud/3/user/12 {"role":100}"#])
    #expect(keptBack.all == [.classic])
  }

  @Test func aRememberedEditionThatAnAnswerBearsOutIsAskedForOnce() async throws {
    let transport = ScriptedTransport(Self.classicClouds, Self.user, Self.user)
    let client = try client(remembering: .classic, transport)
    try await client.updateCloudUser(3, 12, Self.admin)
    try await client.updateCloudUser(3, 12, Self.admin)
    #expect(sent(transport).map { $0.prefix(5) } == ["GET /", "PATCH", "PATCH"])
  }

  @Test func whereNothingTellsTheRememberedEditionStands() async throws {
    let transport = ScriptedTransport(.json("[]"), .empty(status: 403), Self.user)
    try await client(remembering: .current, transport).updateCloudUser(3, 12, Self.admin)
    #expect(sent(transport).last == #"PATCH /cloud/3/user/12 {"cloud_role":100}"#)
  }

  @Test func anAnswerIsProofForAShortTimeOnly() async throws {
    let time = Mutex(fixtureNow)
    let transport = ScriptedTransport(Self.currentClouds, Self.user, Self.classicClouds, .json("4096"), Self.user)
    let client = try client(remembering: nil, transport) { time.withLock { $0 } }
    try await client.updateCloudUser(3, 12, Self.admin)
    time.withLock { $0 += 3_600 }
    try await client.updateCloudUser(3, 12, Self.admin)
    #expect(sent(transport).last == #"PATCH /cloud/3/user/12 {"role":100}"#)
    #expect(client.knownEdition == .classic)
  }

  @Test(arguments: [
    ("GET /cloud", #"[{"id": 7, "name": "a"}, {"id": 8, "name": "b", "image": null}]"#),
    ("GET /cloud/7", #"{"id": 7, "name": "a", "organization": {"id": 1}}"#),
    ("PATCH /cloud/7", #"{"id": 7, "name": "a", "marketplace_apps": []}"#),
    ("GET /cloud/7/size", #" {"remaining_total_size": 1}"#),
    ("GET /cloud/7/user", #"[{"id": 1, "in_all_projects": false}]"#),
  ])
  func anyAnswerCorrectsWhatIsRemembered(request: String, answer: String) async throws {
    let transport = ScriptedTransport(.json(answer))
    let kept = Kept()
    let client = try client(remembering: .classic, transport, kept: kept)
    switch request {
    case "GET /cloud": _ = try await client.getClouds()
    case "GET /cloud/7": _ = try await client.getCloud(7)
    case "PATCH /cloud/7": _ = try await client.updateCloud(7, CloudPatch(name: "a"))
    case "GET /cloud/7/size": _ = try await client.getCloudSize(7)
    default: _ = try await client.getCloudUsers(7)
    }
    #expect(sent(transport)[0].hasPrefix(request))
    #expect(client.knownEdition == .current)
    #expect(kept.all == [.current])
  }

  @Test(arguments: [Edition.classic, .current])
  func listsCorrectItWhileTheyArrive(remembered: Edition) async throws {
    let other: Edition = remembered == .classic ? .current : .classic
    let clouds = remembered == .classic ? Self.currentClouds : Self.classicClouds
    let models = try client(remembering: remembered, ScriptedTransport(clouds))
    try await models.records(of: .getClouds, as: Cloud.self) { _ in }
    #expect(models.knownEdition == other)
    let texts = try client(remembering: remembered, ScriptedTransport(clouds))
    try await texts.records(of: .getClouds) { _ in }
    #expect(texts.knownEdition == other)
    guard remembered == .classic else { return }
    let users = Step.json(#"[{"id": 1, "provider": "x", "email": "a"}, {"id": 2}]"#)
    let userModels = try client(remembering: .classic, ScriptedTransport(users))
    try await userModels.records(of: .getCloudUsers(7), as: User.self) { _ in }
    #expect(userModels.knownEdition == .current)
  }

  @Test func aReadThatIsRefusedInARememberedFormIsMadeInTheRightOne() async throws {
    let user = ScriptedTransport(.json("{}", status: 404), Self.currentClouds, Self.users)
    #expect(try await client(remembering: .classic, user).getCloudUser(7, 12).email == "a@example.com")
    #expect(sent(user) == ["GET /cloud/7/user/12", "GET /cloud", "GET /cloud/7/user"])

    let gone = ScriptedTransport(.json(#"{"detail": "Not found."}"#, status: 404), Self.classicClouds)
    let error = try await #require(throws: CloudAPIError.self) {
      try await client(remembering: .classic, gone).getCloudUser(7, 12)
    }
    #expect(error.code == .notFound)
    #expect(sent(gone) == ["GET /cloud/7/user/12", "GET /cloud"])
  }

  @Test func nothingIsRefusedForTheSakeOfARememberedEdition() async throws {
    let transport = ScriptedTransport(Self.classicClouds, .json("0"), .json("[]"))
    #expect(try await client(remembering: .current, transport).cloudProcessorList(7).isEmpty)
    #expect(sent(transport).last == "GET /cloud/7/processor")
  }

  @Test func aSizeDecidesWhereCloudsLackTheFieldsOfTheCurrentEdition() async throws {
    let transport = ScriptedTransport(.json(#"{"total_size": 1}"#), Self.classicClouds, .json("4096"))
    let client = try client(remembering: nil, transport)
    _ = try await client.getCloudSize(7)
    _ = try await client.getClouds()
    #expect(client.knownEdition == .current)
    _ = try await client.getCloudSize(7)
    #expect(client.knownEdition == .classic)
  }
}
