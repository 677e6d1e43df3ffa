import CloudAPI
import CloudSimulator
import HTTPTypes
import Testing

/// The reading part of a client.
@Suite struct CloudReaderTests {
  private static let invitation = CloudInvitationDraft(email: "a@x.example", redirectURI: "https://x.example")
  private static let processor = ProcessorDraft(name: "A", parentProcessors: [])

  /// One of each operation that writes.
  private static let writes: [Call] = [
    .createCloud(CloudDraft(name: "A")), .updateCloud(3, CloudPatch(name: "A")),
    .fullUpdateCloud(3, CloudDraft(name: "A")), .deleteCloud(3), .createDemo(3),
    .updateCloudUser(3, 1, UserCloudUpdate(role: .user)), .fullUpdateCloudUser(3, 1, UserCloudUpdate(role: .user)),
    .deleteCloudUser(3, 1), .inviteCloudUser(3, invitation), .cancelCloudUserInvitation(3, 1),
    .cloudProcessorCreate(3, processor), .cloudProcessorPartialUpdate(3, 1, ProcessorPatch(name: "A")),
    .cloudProcessorUpdate(3, 1, processor), .cloudProcessorDelete(3, 1),
  ]

  @Test func noCallThatWritesCanBeReadWith() {
    #expect(Set(Self.writes.map(\.operation)) == Set(Operation.allCases.filter(\.isWrite)))
    #expect(Self.writes.allSatisfy { ReadCall<Cloud>($0) == nil })
  }

  @Test func itReadsWhatItsClientReads() async throws {
    let simulator = Simulator()
    let client = CloudAPIClient(
      configuration: CloudAPIClient.Configuration(
        baseURL: try BaseURL("http://localhost"), authorization: .bearer(Secret("any"))),
      transport: SimulatorTransport(simulator))
    let reader = CloudReader(client)
    let clouds = try await client.getClouds()
    #expect(try await reader.read(.getClouds) == clouds)
    #expect(try await reader.read(.getCloud(3)) == clouds.first { $0.id == 3 })
    #expect(try await reader.read(.getCloudSize(3)) == client.getCloudSize(3))
    let users = try await client.getCloudUsers(3)
    #expect(try await reader.read(.getCloudUsers(3)) == users)
    let user = try #require(users.first)
    #expect(try await reader.read(.getCloudUser(3, user.id)) == user)
    #expect(try await reader.read(.getCloudInvitations(3)) == client.getCloudInvitations(3))
    let processors = try await client.cloudProcessorList(3)
    #expect(try await reader.read(.cloudProcessorList(3)) == processors)
    let processor = try #require(processors.first)
    #expect(try await reader.read(.cloudProcessorRead(3, processor.id)) == processor)
    #expect(await simulator.requests.allSatisfy { $0.method == .get })
  }
}
