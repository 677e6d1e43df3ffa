import FoundationEssentials
import HTTPTypes
import Synchronization
import Testing

@testable import CloudAPI

/// Fields that aren't as the API documents them: each loses at most its own value, never the record or the list.
@Suite struct OddFieldTests {
  /// Reads a list as a whole and while it arrives, and expects the same result.
  private func users(_ body: String) async throws -> [User] {
    let whole = try await CloudAPIClient.fixture(ScriptedTransport(.json(body))).getCloudUsers(1)
    for size in [1, 7, body.utf8.count] {
      var reader = ListReader<User>(name: "users")
      var users: [User] = []
      var rest = Array(body.utf8)[...]
      while !rest.isEmpty {
        users += try reader.read(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      users += try reader.finish()
      #expect(users == whole)
    }
    return whole
  }

  private func cloud(_ body: String) async throws -> Cloud {
    try await CloudAPIClient.fixture(ScriptedTransport(.json(body))).getCloud(1)
  }

  @Test(arguments: [
    (#""email": 5"#, "email is a number, not text", true),
    (#""email": true"#, "email is true or false, not text", true),
    (#""email": {"x": 1}"#, "email is an object, not text", false),
    (#""email": ["a"]"#, "email is a list, not text", false),
    (#""created_at": """#, "created_at is empty, not a date", false),
    (#""created_at": "yesterday""#, "created_at is not a date", false),
    (#""created_at": 1512122994"#, "created_at is a number, not a date", false),
    (#""updated_at": {}"#, "updated_at is an object, not a date", false),
    (#""cloud_role": "100""#, "cloud_role is text, not a whole number", true),
    (#""cloud_role": "admin""#, "cloud_role is text, not a whole number", false),
    (#""cloud_role": 1.5"#, "cloud_role is a number, not a whole number", false),
    (#""cloud_role": 1e30"#, "cloud_role is a number, not a whole number", false),
    (#""cloud_role": 99999999999999999999"#, "cloud_role is a number, not a whole number", false),
    (#""cloud_role": {"id": 100}"#, "cloud_role is an object, not a whole number", false),
    (#""project_role": []"#, "project_role is a list, not a whole number", false),
    (#""in_all_projects": 1"#, "in_all_projects is a number, not true or false", true),
    (#""in_all_projects": "true""#, "in_all_projects is text, not true or false", true),
    (#""in_all_projects": "perhaps""#, "in_all_projects is text, not true or false", false),
    (#""in_all_projects": {}"#, "in_all_projects is an object, not true or false", false),
  ])
  func anOddFieldOfAUserCostsItselfAtMost(member: String, description: String, isRead: Bool) async throws {
    let users = try await users(
      #"[{"id": 1, "email": "a@x.example"}, {"firstname": "Ada", \#(member), "id": 12}, {"id": 3}]"#)
    #expect(users.map(\.id) == [1, 12, 3])
    #expect(users[1].firstName == "Ada")
    #expect(users[1].oddities.map(\.description) == [description])
    #expect(users[1].oddities.map(\.reading) == [isRead ? .whole : .none])
    #expect(users[0].oddities.isEmpty && users[2].oddities.isEmpty)
  }

  @Test func whatSaysTheSameInAnotherTypeIsRead() async throws {
    let users = try await users(
      #"[{"id": 1, "email": 5, "company": 1.5, "cloud_role": "100", "in_all_projects": 1, "project_role": "-3"},"#
        + #"{"id": 2, "email": true, "in_all_projects": "false", "firstname": 9007199254740993}]"#)
    #expect(users.map(\.email) == ["5", "true"])
    #expect(users[0].company == "1.5")
    #expect(users[0].cloudRole == .admin)
    #expect(users[0].projectRole == Role(rawValue: -3))
    #expect(users.map(\.isInAllProjects) == [true, false])
  }

  @Test(arguments: [
    ("null", "id is null"), ("true", "id is neither a whole number nor text"),
    ("1.5", "id is neither a whole number nor text"), ("{}", "id is neither a whole number nor text"),
    ("99999999999999999999", "id is neither a whole number nor text"), (#""""#, "id is empty"),
    (#""\u0000""#, "id is text that can't be an id"),
    ("\"\(String(repeating: "9", count: 300))\"", "id is text that can't be an id"),
  ])
  func aUserWithoutAnIDIsKeptAndToldFromTheOthers(id: String, description: String) async throws {
    let users = try await users(
      #"[{"id": 1}, {"id": \#(id), "email": "a"}, {"email": "b", "id": \#(id)}, {"email": "c"}]"#)
    #expect(users.map(\.email) == [nil, "a", "b", "c"])
    #expect(users.map(\.id.isMissing) == [false, true, true, true])
    #expect(Set(users.map(\.id)).count == 4)
    #expect(users[1].id.description == "?")
    #expect(users[1].oddities.map(\.description) == [description])
    #expect(users[3].oddities.map(\.description) == ["id is missing"])
  }

  @Test func nothingIsSentForARecordWithoutAnID() async throws {
    let user = try await users(#"[{"id": null, "email": "a"}]"#)[0]
    let transport = ScriptedTransport()
    let client = try CloudAPIClient.fixture(transport)
    await #expect(throws: CloudAPIError.self) { try await client.deleteCloudUser(1, user.id) }
    await #expect(throws: CloudAPIError.self) { try await client.getCloud(Cloud.ID(rawValue: user.id.rawValue)) }
    #expect(transport.requests.isEmpty)
  }

  @Test func whatStandsInAUsersPlaceKeepsItsPlace() async throws {
    let users = try await users(#"[{"id": 1}, null, 2, "x", [{}], {"id": 5}]"#)
    #expect(users.map(\.id.isMissing) == [false, true, true, true, true, false])
    #expect(
      users.flatMap(\.oddities).map(\.description) == [
        "the record is null, not an object", "the record is a number, not an object",
        "the record is text, not an object", "the record is a list, not an object",
      ])
  }

  @Test(arguments: [
    (#""name": null"#, ["name is null"]), (#""name": 5"#, ["name is a number, not text"]), ("", ["name is missing"]),
    (#""name": "x", "features": "all""#, ["features is text, not a list"]),
    (#""name": "x", "features": [{"name": "a"}, {}, {"name": "b"}]"#, ["features[1] can't be read"]),
    (#""name": "x", "is_default": "yes""#, ["is_default is text, not true or false"]),
    (#""name": "x", "creator": 7"#, ["creator is a number, not a record"]),
    (#""name": "x", "creator": {"id": 2, "created_at": ""}"#, ["creator.created_at is empty, not a date"]),
    (#""name": "x", "creator": {"email": "a"}"#, ["creator can't be read"]),
    (#""name": "x", "organization": []"#, ["organization is a list, not a record"]),
    (#""name": "x", "image": 5"#, ["image is a number, not text"]),
  ])
  func anOddFieldOfACloudCostsItselfAtMost(members: String, descriptions: [String]) async throws {
    let cloud = try await cloud(#"{"created_at": "2020-02-29", \#(members.isEmpty ? "" : members + ",") "id": 1}"#)
    #expect(cloud.id == 1)
    #expect(cloud.createdAt != nil)
    #expect(cloud.oddities.map(\.description) == descriptions)
  }

  @Test func aSizeKeepsItsNumbersBesideWhatIsOdd() async throws {
    let body = #"{"total_size": "7", "role": {}, "managed_by": 5}"#
    let size = try await CloudAPIClient.fixture(ScriptedTransport(.json(body))).getCloudSize(1)
    #expect(size.bytes == 7)
    #expect(size.quota == Quota(manager: Quota.Manager(rawValue: "5")))
  }

  @Test func oddElementsOfAListAreLeftOutAndSaid() async throws {
    let body =
      #"[{"id": 1, "name": "a", "parent_processors": [2, null, "3", {}]}, {"id": 2, "name": 5, "parent_processors": 1}]"#
    let processors = try await CloudAPIClient.fixture(ScriptedTransport(.json(body))).cloudProcessorList(1)
    #expect(processors.map(\.parentProcessors) == [[2, 3], []])
    #expect(processors.map(\.name) == ["a", "5"])
    #expect(
      processors.map { $0.oddities.map(\.description) } == [
        ["parent_processors[1] can't be read", "parent_processors[3] can't be read"],
        ["name is a number, not text", "parent_processors is a number, not a list"],
      ])
  }

  @Test func anInvitationKeepsWhatCanBeRead() async throws {
    let body = #"[{"id": 1, "email": null, "role": "50", "redirect_uri": 3}, {"id": 2, "email": "a", "role": {}}]"#
    let invitations = try await CloudAPIClient.fixture(ScriptedTransport(.json(body))).getCloudInvitations(1)
    #expect(invitations.map(\.id) == [1, 2])
    #expect(invitations.map(\.role) == [.user, nil])
    #expect(invitations.flatMap(\.oddities).map(\.field) == ["email", "redirect_uri", "role", "role"])
  }

  @Test func aUserWithOddFieldsIsPackedWithThem() async throws {
    let user = try await users(#"[{"id": 12, "email": {}, "created_at": "", "in_all_projects": 1}]"#)[0]
    var writer = RecordWriter(appendingTo: [])
    user.write(to: &writer)
    var reader = RecordReader(writer.bytes, at: 0)
    #expect(User(from: &reader) == user)
    #expect(user.oddities.count == 3)
  }

  @Test func aUserIsPickedFromAListBesideOneWithoutAnID() async throws {
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.edition = .current
    let transport = ScriptedTransport(.json(#"[{"id": null}, {"id": {}}, {"id": 12, "email": "a"}]"#))
    let client = CloudAPIClient(configuration: configuration, transport: transport)
    #expect(try await client.getCloudUser(3, 12).email == "a")
  }

  // MARK: Texts

  @Test(arguments: [
    (#""\ud83d""#, "\u{FFFD}"), (#""a\udE00b""#, "a\u{FFFD}b"), (#""\ud83dx\ude00""#, "\u{FFFD}x\u{FFFD}"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\\ud83d \uD83D\\""#, "\\ud83d \u{FFFD}\\"),
  ])
  func halfACharacterBecomesASign(text: String, expected: String) async throws {
    let users = try await users(#"[{"id": 1, "email": \#(text), "firstname": "😀\ud83d\ude00"}]"#)
    #expect(users[0].email == expected)
    #expect(users[0].firstName == "😀😀")
    #expect(users[0].oddities.map(\.description) == ["email holds half of a character (an unpaired surrogate)"])
    #expect(users[0].oddities[0].reading == .partial)
  }

  @Test(arguments: [("\u{301}", 50_000), ("日", 30_000)])
  func aTextIsCutThatNoFieldOfTheAPICanHold(part: String, count: Int) async throws {
    let name = "e" + String(repeating: part, count: count)
    let users = try await users(#"[{"id": 1, "firstname": "\#(name)", "email": "\#(name)", "company": "\#(name)"}]"#)
    for text in [users[0].firstName, users[0].email, users[0].company] {
      #expect(text?.utf8.count ?? 0 <= TextLimit.text + 3)
      #expect(text?.unicodeScalars.last == "…")
      #expect(text?.unicodeScalars.contains("\u{FFFD}") == false)
    }
    #expect(users[0].oddities.map(\.field) == ["email", "company", "firstname"])

    let cloud = try await cloud(
      #"{"id": 1, "name": "\#(name)", "features": [{"name": "\#(name)", "viewer_url": "\#(name)"}],"#
        + #""organization": {"id": 1, "name": "\#(name)"}, "image": "\#(name)", "creator": {"id": 1, "email": "\#(name)"}}"#
    )
    let texts = [
      cloud.name, cloud.features[0].name, cloud.features[0].viewerURL, cloud.organization?.name, cloud.image,
      cloud.creator?.email,
    ]
    #expect(texts.allSatisfy { $0.map { $0.utf8.count <= TextLimit.text + 3 } == true })
  }

  @Test func nothingIsCutThatTheAPICanHold() async throws {
    let name = String(repeating: "😀", count: 1_000)
    let users = try await users(#"[{"id": 1, "email": "\#(name)"}]"#)
    #expect(users[0].email == name)
    #expect(users[0].oddities.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 100])
  func aMarkBeforeTheJSONIsPassedOver(size: Int) async throws {
    func step(_ body: String, status: Int = 200) -> ScriptedTransport.Step {
      let bytes = [0xEF, 0xBB, 0xBF] + Array(body.utf8)
      let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
      return .answer(status, [:], body: chunks)
    }
    let transport = ScriptedTransport(
      step(#"[{"id": 1}]"#), step(#"{"id": 1, "name": "a"}"#), step("4096"),
      step(#"{"detail": "Not here."}"#, status: 404),
      step(#"[{"id": 2}]"#), step(#"[{"id": 3, "name": "c"}]"#))
    let client = try CloudAPIClient.fixture(transport)
    #expect(try await client.getCloudUsers(1).map(\.id) == [1])
    #expect(try await client.getCloud(1).name == "a")
    #expect(try await client.getCloudSize(1).bytes == 4_096)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(2) }
    #expect(error.detail == "Not here.")
    let count = Mutex(0)
    try await client.records(of: .getCloudUsers(1)) { records in count.withLock { $0 += records.count } }
    try await client.records(of: .getClouds, as: Cloud.self) { records in count.withLock { $0 += records.count } }
    #expect(count.withLock { $0 } == 2)
  }

  @Test func whatAServiceSaysOfAnErrorIsCutByItsBytes() async throws {
    let text = "e" + String(repeating: "\u{301}", count: 300_000)
    let fields = (0..<1_000).map { #""f\#($0)": ["\#($0)"]"# }.joined(separator: ",")
    let client = try CloudAPIClient.fixture(
      ScriptedTransport(
        .json(#"{"detail": "\#(text)"}"#, status: 403), .json(#"{"name": ["\#(text)"]}"#, status: 400),
        .json("{\(fields)}", status: 400), .json(#"{"detail": "half \ud83d"}"#, status: 403)))
    for _ in 0..<3 {
      let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(1) }
      #expect(error.message.utf8.count < 5_000)
    }
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(1) }
    #expect(error.detail == "half \u{FFFD}")
  }
}
