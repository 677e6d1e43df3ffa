import CloudAPI
import FoundationEssentials
import Testing

/// Decoding: the tolerance that the API's documentation and history require, and the errors beyond it.
@Suite struct AnswerDecodingTests {
  private func client(_ body: String) throws -> CloudAPIClient {
    try .fixture(ScriptedTransport(.json(body)))
  }

  private func reason(_ body: String, _ read: (CloudAPIClient) async throws -> Void) async throws -> String {
    let client = try client(body)
    let error = try await #require(throws: CloudAPIError.self) { try await read(client) }
    guard case .badResponse(let reason) = error.code else { return "\(error.code)" }
    return reason
  }

  @Test func aCloudIsReadWithAllItsFields() async throws {
    let cloud = try await client(
      """
      {"id": 3, "name": "Port 港", "is_default": true, "unknown": {"x": [1]},
       "features": [{"name": "viewer", "viewer_url": null}, {"name": "bcf", "viewer_url": "https://v"}],
       "creator": {"id": "u-7", "email": "a@example.com", "firstname": "Ada", "lastname": "L", "cloud_role": 100},
       "created_at": "2017-12-01T10:09:54Z", "updated_at": "2019-05-23T13:07:17.123456Z"}
      """
    ).getCloud(3)
    #expect(
      cloud
        == Cloud(
          id: 3, name: "Port 港", features: [Feature(name: "viewer"), Feature(name: "bcf", viewerURL: "https://v")],
          creator: User(
            id: User.ID(rawValue: "u-7"), email: "a@example.com", firstName: "Ada", lastName: "L", cloudRole: .admin),
          isDefault: true, createdAt: Date(timeIntervalSince1970: 1_512_122_994),
          updatedAt: Date(timeIntervalSince1970: 1_558_616_837.123456)))
  }

  @Test(arguments: [
    #"{"id": 3, "name": "x"}"#,
    #"{"id": "3", "name": "x", "features": null, "creator": null, "is_default": null, "created_at": null}"#,
  ])
  func whatIsOptionalMayBeAbsentOrNull(body: String) async throws {
    #expect(try await client(body).getCloud(3) == Cloud(id: 3, name: "x"))
  }

  @Test func aUserMayLackEverythingButTheID() async throws {
    let users = try await client(
      #"[{"id": 1}, {"id": 2, "email": null, "cloud_role": null}, {"id": 3, "cloud_role": 77, "company": ""}]"#
    ).getCloudUsers(1)
    #expect(users == [User(id: 1), User(id: 2), User(id: 3, company: "", cloudRole: Role(rawValue: 77))])
  }

  @Test func anInvitationMayLackRedirectAndRole() async throws {
    let invitations = try await client(
      #"[{"id": 1, "email": "a"}, {"id": "2", "email": "b", "redirect_uri": "not a url", "role": 50}]"#
    ).getCloudInvitations(1)
    #expect(
      invitations == [
        CloudInvitation(id: 1, email: "a"),
        CloudInvitation(id: 2, email: "b", redirectURI: "not a url", role: .user),
      ])
  }

  @Test func aProcessorWithoutParentsHasNone() async throws {
    let processors = try await client(
      #"[{"id": 1, "name": "extract"}, {"id": 2, "name": "gltf", "parent_processors": null},"#
        + #"{"id": 3, "name": "svg", "parent_processors": [2, "1"]}]"#
    ).cloudProcessorList(1)
    #expect(processors.map(\.parentProcessors) == [[], [], [2, 1]])
  }

  @Test func aProjectsRootFolderMayBeANumberOrText() async throws {
    let body = #"{"id": 1, "name": "Demo", "status": "A", "parent_id": null, "root_folder_id": 12, "cloud": null}"#
    let project = try await client(body).createDemo(1)
    #expect(project == Project(id: 1, name: "Demo", status: .active, rootFolderID: "12"))
    let other = try await client(
      #"{"id": "p", "name": "", "status": "X", "root_folder_id": "r", "cloud": {"id": 4, "name": "c"}}"#
    ).createDemo(4)
    #expect(other.status == .other("X"))
    #expect(other.rootFolderID == "r")
    #expect(other.cloud?.id == 4)
  }

  @Test(arguments: [
    ("0", 0), ("1536", 1_536), ("9007199254740993", 9_007_199_254_740_993), ("1536.0", 1_536), ("1.5e3", 1_500),
    (#""2048""#, 2_048), (#""2048.0""#, 2_048), (#"{"total_size": 7}"#, 7), (#"{"total_size": "7", "role": 100}"#, 7),
  ])
  func aSizeMayBeANumberTextOrAnObject(body: String, bytes: Int64) async throws {
    #expect(try await client(body).getCloudSize(1).bytes == bytes)
  }

  @Test(arguments: [
    ("2020-02-29T23:59:59Z", 1_583_020_799.0),
    ("2020-02-29T23:59:59.5Z", 1_583_020_799.5),
    ("2020-02-29T23:59:59.123456789Z", 1_583_020_799.123456789),
    ("2020-03-01T01:59:59+02:00", 1_583_020_799),
    ("2020-02-29T18:29:59-0530", 1_583_020_799),
    ("2020-02-29T23:59:59+00", 1_583_020_799),
    ("2020-02-29 23:59:59", 1_583_020_799),
    ("2020-02-29t23:59:59z", 1_583_020_799),
    ("2020-02-29", 1_582_934_400),
    ("1969-12-31T23:59:59Z", -1),
    ("2000-03-01T00:00:00Z", 951_868_800),
    ("0001-01-01T00:00:00Z", -62_135_596_800),
    ("9999-12-31T23:59:59Z", 253_402_300_799),
    ("2020-02-29T23:59:59.5\(String(repeating: "0", count: 400))Z", 1_583_020_799.5),
  ])
  func aDateMayHaveAFractionAndAnOffset(text: String, seconds: Double) async throws {
    let user = try await client(#"{"id": 1, "created_at": "\#(text)"}"#).getCloudUser(1, 1)
    let date = try #require(user.createdAt)
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
  }

  @Test(arguments: [
    "", "yesterday", "2021-02-29T00:00:00Z", "2020-13-01T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:00Z",
    "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00ZZ", "2020-01-01T00:00:00+1", "20200101T000000Z",
    "0000-01-01T00:00:00Z", "99999999999999999-01-01", "-999-01-01T00:00:00Z", "2020-01-01T00:00:00+99",
    "2020-99-99T99:99:99Z",
  ])
  func whatIsNoDateIsNamed(text: String) async throws {
    let users = try await client(#"[{"id": 1}, {"id": 2, "created_at": "\#(text)"}]"#).getCloudUsers(1)
    #expect(users.map(\.id) == [1, 2])
    #expect(users[1].createdAt == nil)
    #expect(
      users[1].oddities.map(\.description) == [
        text.isEmpty ? "created_at is empty, not a date" : "created_at is not a date"
      ])
  }

  @Test(arguments: [
    (#"[{"id": 1}, {"detail": "no user"}]"#, "users[1].id is missing"),
    (#"["ada"]"#, "users[0] is text, not an object"),
    (#"{"results": []}"#, "users is an object, not a list"),
    ("null", "users is null"),
    (#"[{"id": 1}"#, "the response is not valid JSON, or is cut off"),
    ("OK", "the response is not valid JSON, or is cut off"),
  ])
  func whatCannotBeReadIsNamed(body: String, expected: String) async throws {
    #expect(try await reason(body) { _ = try await $0.getCloudUsers(1) } == expected)
  }

  @Test(arguments: [
    (#"{"name": "x"}"#, "cloud.id is missing"),
    (#"{"id": null, "name": "x"}"#, "cloud.id is null"),
    (#"{"id": "", "name": "x"}"#, "cloud.id is empty"),
    ("[]", "cloud is a list, not an object"),
  ])
  func aFieldIsNamedByItsPath(body: String, expected: String) async throws {
    #expect(try await reason(body) { _ = try await $0.getCloud(1) } == expected)
  }

  @Test(arguments: [
    ("-1", "size is not a number of bytes"), (#""many""#, "size is not a number of bytes"),
    ("1e30", "size is not a number of bytes"), ("9223372036854775808", "size is not a number of bytes"),
    (#""99999999999999999999""#, "size is not a number of bytes"), (#""nan""#, "size is not a number of bytes"),
    (#""inf""#, "size is not a number of bytes"), ("null", "size is null"), ("[]", "size is a list, not a number"),
    ("{}", "size.total_size is missing"), (#"{"total_size": "many"}"#, "size.total_size is not a number of bytes"),
    (#"{"remaining_total_size_percent": "most"}"#, "size.remaining_total_size_percent is not a percentage"),
  ])
  func whatIsNoSizeIsNamed(body: String, expected: String) async throws {
    #expect(try await reason(body) { _ = try await $0.getCloudSize(1) } == expected)
  }

  @Test func theErrorNamesItsRequest() async throws {
    let client = try client("[]")
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloudSize(12) }
    #expect(error.request == "GET /cloud/12/size")
    #expect(error.message == "The service's response can't be read: size is a list, not a number.")
  }

  @Test func aPageInsteadOfJSONIsRecognized() async throws {
    let transport = ScriptedTransport(
      .html("<!DOCTYPE html>\n<html><head><TITLE lang=en>\n Sign   in </TITLE>"), .json("  <html></html>"),
      .empty(status: 200))
    let client = try CloudAPIClient.fixture(transport)
    var reasons: [CloudAPIError.Code] = []
    for _ in 0..<3 {
      reasons.append(try await #require(throws: CloudAPIError.self) { try await client.getClouds() }.code)
    }
    #expect(
      reasons == [
        .badResponse(reason: "the response is an HTML page (“Sign in”), not JSON"),
        .badResponse(reason: "the response is an HTML page, not JSON"),
        .badResponse(reason: "the response is empty"),
      ])
  }
}
