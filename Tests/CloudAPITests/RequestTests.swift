import CloudAPI
import HTTPTypes
import Testing

/// The content of requests: paths, header fields and bodies.
@Suite struct RequestTests {
  private static let cloud = #"{"id": 3, "name": "Harbour"}"#

  @Test(arguments: [
    ("https://api.example.com", "api.example.com", "/cloud/3"),
    ("https://api.example.com/", "api.example.com", "/cloud/3"),
    ("https://api.example.com:8443/bimdata/v1/", "api.example.com:8443", "/bimdata/v1/cloud/3"),
  ])
  func pathsAreAppendedToTheBaseURL(address: String, authority: String, path: String) async throws {
    let transport = ScriptedTransport(.json(Self.cloud))
    let client = CloudAPIClient(configuration: try .fixture(address), transport: transport)
    _ = try await client.getCloud(3)
    let head = try #require(transport.requests.first?.head)
    #expect(head.method == .get)
    #expect(head.scheme == "https")
    #expect(head.authority == authority)
    #expect(head.path == path)
  }

  @Test func readsCarryTheKeyAndNoBody() async throws {
    let transport = ScriptedTransport(.json("[]"))
    _ = try await CloudAPIClient.fixture(transport).getClouds()
    let request = try #require(transport.requests.first)
    #expect(request.head.headerFields[.authorization] == "Bearer \(fixtureKey)")
    #expect(request.head.headerFields[.accept] == "application/json")
    #expect(request.head.headerFields[.contentType] == nil)
    #expect(request.body.isEmpty)
    #expect(request.timeLimit == .seconds(120))
  }

  @Test func aPatchSendsOnlyWhatIsSet() async throws {
    let transport = ScriptedTransport(
      .json(#"{"id": 1, "name": "gltf"}"#), .json(#"{"id": 1, "name": "gltf", "parent_processors": []}"#),
      .json(#"{"id": 1, "name": "a/b", "parent_processors": [8, 7]}"#), .json(Self.cloud),
      .json(#"{"id": 3, "name": "Quay"}"#))
    let client = try CloudAPIClient.fixture(transport)
    try await client.cloudProcessorPartialUpdate(3, 1, ProcessorPatch(name: "gltf"))
    try await client.cloudProcessorPartialUpdate(3, 1, ProcessorPatch(parentProcessors: []))
    try await client.cloudProcessorPartialUpdate(3, 1, ProcessorPatch(name: "a/b", parentProcessors: [7, 8]))
    try await client.updateCloud(3, CloudPatch())
    try await client.updateCloud(3, CloudPatch(name: "Quay"))
    #expect(
      transport.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"name":"gltf"}"#, #"{"parent_processors":[]}"#, #"{"name":"a/b","parent_processors":[7,8]}"#, "{}",
        #"{"name":"Quay"}"#,
      ])
    #expect(transport.requests.allSatisfy { $0.head.headerFields[.contentType] == "application/json" })
  }

  @Test func invitationsAndRolesAreWrittenUnderTheirNamesOnTheWire() async throws {
    let transport = ScriptedTransport(
      .json(#"{"id": 1, "email": "a@example.com"}"#, status: 201), .json(#"{"id": 5, "cloud_role": 50}"#))
    let client = try CloudAPIClient.fixture(transport)
    try await client.inviteCloudUser(3, CloudInvitationDraft(email: "a@example.com", redirectURI: "https://x.example"))
    try await client.updateCloudUser(3, 5, UserCloudUpdate(role: .user))
    #expect(
      transport.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"email":"a@example.com","redirect_uri":"https://x.example"}"#, #"{"role":50}"#,
      ])
  }

  @Test func createDemoSendsNoBody() async throws {
    let transport = ScriptedTransport(.json(#"{"id": 1, "name": "Demo"}"#, status: 201))
    try await CloudAPIClient.fixture(transport).createDemo(3)
    #expect(transport.requests.first?.body.isEmpty == true)
    #expect(transport.requests.first?.head.path == "/cloud/3/create-demo")
  }

  @Test func idsAreEscapedInPaths() async throws {
    let transport = ScriptedTransport(.json(#"{"id": "a/b?c ü", "name": "x"}"#))
    _ = try await CloudAPIClient.fixture(transport).getCloud(Cloud.ID(rawValue: "a/b?c ü"))
    #expect(transport.requests.first?.head.path == "/cloud/a%2Fb%3Fc%20%C3%BC")
  }

  @Test(arguments: ["", ".", ".."])
  func anIDThatWouldMakeAnotherPathIsNeverSent(id: String) async throws {
    let transport = ScriptedTransport()
    let client = try CloudAPIClient.fixture(transport)
    let error = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(Cloud.ID(rawValue: id)) }
    #expect(error.code == .notFound)
    #expect(transport.requests.isEmpty)
  }

  @Test(arguments: [
    (Authorization.bearer(Secret("k")), "Bearer k"), (.apiKey(Secret(" k\n")), "ApiKey k"), (.raw(Secret("k")), "k"),
  ])
  func theAuthorizationHasTheFormThatWasChosen(authorization: Authorization, field: String) async throws {
    let transport = ScriptedTransport(.json("[]"))
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.credential = .fixed(authorization)
    _ = try await CloudAPIClient(configuration: configuration, transport: transport).getClouds()
    #expect(transport.requests.first?.head.headerFields[.authorization] == field)
  }
}
