import CloudAPI
import CloudSimulator
import Testing

/// What the current edition sends beyond the classic one.
@Suite struct CurrentEditionTests {
  private func client(_ body: String) throws -> CloudAPIClient {
    try CloudAPIClient.fixture(ScriptedTransport(.json(body)))
  }

  private func size(_ body: String) async throws -> CloudSize {
    try await client(body).getCloudSize(1)
  }

  @Test func anAdminIsToldTheWholeQuota() async throws {
    let size = try await size(
      """
      {"managed_by": "ORGANIZATION", "role": 100, "total_size": 3221225472, "total_size_available": 10737418240,
       "remaining_total_size": 7516192768, "remaining_total_size_percent": 70}
      """)
    #expect(size.bytes == 3 << 30)
    let quota = Quota(
      manager: .organization, role: .admin, capacity: 10 << 30, remaining: 7 << 30, remainingPercent: 70)
    #expect(size.quota == quota)
    #expect(size.level == .good)
  }

  @Test func anybodyElseIsToldWhatRemains() async throws {
    let size = try await size(
      """
      {"managed_by": "BIMDATA_PLATFORM", "role": 50, "total_size": null, "total_size_available": null,
       "remaining_total_size": 1024, "remaining_total_size_percent": "25.5"}
      """)
    #expect(size.bytes == nil)
    #expect(
      size.quota == Quota(manager: .platform, role: .user, remaining: 1024, remainingPercent: 25.5))
    #expect(size.level == .warning)
  }

  @Test(arguments: [
    ("66", Quota.Level.good), ("66.01", .warning), ("80", .warning), ("80.01", .critical), ("99.99", .critical),
    ("100", .full), ("120", .full),
  ])
  func levelsAreThoseOfTheWebPlatform(used: String, level: Quota.Level) async throws {
    let used = try #require(Double(used))
    let bytes = Int64((used * 100).rounded())
    #expect(CloudSize(bytes: bytes, quota: Quota(capacity: 10_000)).level == level)
    #expect(CloudSize(bytes: nil, quota: Quota(remainingPercent: 100 - used)).level == level)
  }

  @Test func nothingRemainingIsFullHoweverItIsSaid() async throws {
    #expect(try await size(#"{"remaining_total_size": -5}"#).level == .full)
    #expect(try await size(#"{"remaining_total_size": 0}"#).quota?.remaining == 0)
    #expect(CloudSize(bytes: 0, quota: Quota(capacity: 0)).level == .full)
    #expect(try await size(#"{"total_size": 5}"#).level == nil)
    #expect(CloudSize(bytes: 5).level == nil)
  }

  @Test func cloudsUsersAndInvitationsTellMore() async throws {
    let cloud = try await client(
      #"{"id": 1, "name": "a", "organization": {"id": 4, "name": "Docks"}, "image": "https://x.example/i.png"}"#
    ).getCloud(1)
    #expect(cloud.organization == Organization(id: 4, name: "Docks"))
    #expect(cloud.image == "https://x.example/i.png")
    let bare = try await client(#"{"id": 1, "name": "a", "organization": 4, "image": null}"#).getCloud(1)
    #expect(bare.organization == Organization(id: 4))

    let users = try await client(
      #"[{"id": 1, "provider": "google", "sub": "s-1", "profile_picture": "p", "in_all_projects": true}]"#
    ).getCloudUsers(1)
    #expect(
      users == [User(id: 1, provider: "google", subject: "s-1", profilePicture: "p", isInAllProjects: true)])

    let invitations = try await client(
      #"[{"id": 1, "email": "a@example.com", "role": 50, "in_all_projects": false}]"#
    ).getCloudInvitations(1)
    #expect(
      invitations == [CloudInvitation(id: 1, email: "a@example.com", role: .user, isInAllProjects: false)])
  }

  @Test(arguments: Simulator.Edition.allCases)
  func theSimulatorsOddValuesAreUnderstood(edition: Simulator.Edition) async throws {
    var configuration = try CloudAPIClient.Configuration.fixture("http://localhost")
    configuration.edition = edition == .current ? .current : .classic
    let client = CloudAPIClient(
      configuration: configuration, transport: SimulatorTransport(Simulator(data: .odd, edition: edition)))
    let users = try await client.getCloudUsers(3)
    #expect(users.count == 48)
    #expect(users[0].id == 101)
    #expect(users[3].cloudRole == nil)
    #expect(users.contains { $0.cloudRole == Role(rawValue: 75) })
    #expect(try await client.getCloudInvitations(3).map(\.id) == [31, 32, 33])
    #expect(try await client.createDemo(3).rootFolderID == "1")
  }

  @Test func theSimulatorsCurrentEditionIsUnderstood() async throws {
    var configuration = try CloudAPIClient.Configuration.fixture("http://localhost")
    configuration.edition = .current
    let client = CloudAPIClient(
      configuration: configuration, transport: SimulatorTransport(Simulator(edition: .current)))
    let clouds = try await client.getClouds()
    #expect(clouds.allSatisfy { $0.organization != nil })
    let size = try await client.getCloudSize(3)
    #expect(size.quota != nil)
    let user = try #require(try await client.getCloudUsers(3).first { $0.cloudRole == .user })
    #expect(user.provider != nil)
    let changed = try await client.updateCloudUser(3, user.id, UserCloudUpdate(role: .admin))
    #expect(changed.cloudRole == .admin)
    // Otherwise the next reading would look like a change.
    #expect(try await client.getCloudUser(3, user.id) == changed)
    #expect(try await client.fullUpdateCloud(3, CloudDraft(name: "Quay")).name == "Quay")
    let draft = CloudInvitationDraft(
      email: "ada@example.com", redirectURI: "https://x.example", role: .user, projectRole: .guest, inAllProjects: true)
    let invitation = try await client.inviteCloudUser(3, draft)
    #expect(invitation.role == .user)
    #expect(invitation.projectRole == .guest)
    #expect(invitation.isInAllProjects == true)
  }
}
