import CloudAPI
import HTTPTypes
import Testing

/// The client with the simulator and its demo data, in process and over HTTP.
@Suite(.timeLimit(.minutes(5))) struct SimulatedServiceTests {
  /// Haussmann Tower: 48 users, three invitations, five processors.
  private let cloud: Cloud.ID = 3

  @Test(arguments: Operation.allCases, ServiceUnderTest.allCases)
  func anOperationDoesWhatItsNameSays(operation: Operation, service: ServiceUnderTest) async throws {
    let log = EventLog()
    try await service.withClient(observer: log.observer) { client in
      switch operation {
      case .getClouds, .createCloud, .getCloud, .updateCloud, .fullUpdateCloud, .deleteCloud, .getCloudSize,
        .createDemo:
        try await useClouds(operation, client)
      case .getCloudUsers, .getCloudUser, .updateCloudUser, .fullUpdateCloudUser, .deleteCloudUser:
        try await useUsers(operation, client)
      case .getCloudInvitations, .inviteCloudUser, .cancelCloudUserInvitation:
        try await useInvitations(operation, client)
      case .cloudProcessorList, .cloudProcessorCreate, .cloudProcessorRead, .cloudProcessorPartialUpdate,
        .cloudProcessorUpdate, .cloudProcessorDelete:
        try await useProcessors(operation, client)
      }
    }
    #expect(log.events.contains { $0.isSuccess(of: operation) }, "The operation itself was not used.")
  }

  private func useClouds(_ operation: Operation, _ client: CloudAPIClient) async throws {
    switch operation {
    case .createCloud:
      let made = try await client.createCloud(CloudDraft(name: "Ωmega “quoted” \\ 港"))
      #expect(made.name == "Ωmega “quoted” \\ 港")
      #expect(made.creator == nil)
      #expect(made.createdAt != nil)
      #expect(try await client.getCloud(made.id) == made)
    case .updateCloud:
      let changed = try await client.updateCloud(cloud, CloudPatch(name: "Quay"))
      #expect(changed.name == "Quay")
      #expect(try await client.getCloud(cloud) == changed)
    case .fullUpdateCloud:
      let before = try await client.getCloud(cloud)
      var expected = before
      expected.name = "Pier"
      let changed = try await client.fullUpdateCloud(cloud, CloudDraft(name: "Pier"))
      expected.updatedAt = changed.updatedAt
      #expect(changed == expected)
      #expect(changed.updatedAt != before.updatedAt)
    case .deleteCloud:
      try await client.deleteCloud(cloud)
      #expect(try await client.getClouds().map(\.id).contains(cloud) == false)
    case .createDemo:
      let before = try #require(try await client.getCloudSize(cloud).bytes)
      let project = try await client.createDemo(cloud)
      #expect(project.name == "Demo")
      #expect(project.status == .active)
      #expect(project.cloud?.id == cloud)
      #expect(try await client.getCloudSize(cloud).bytes == before + 163_577_856)
    case .getCloudSize:
      #expect(try await client.getCloudSize(cloud) == CloudSize(bytes: 512 << 30))
      #expect(try await client.getCloudSize(7) == CloudSize(bytes: 0))
    default:
      let clouds = try await client.getClouds()
      #expect(clouds.map(\.id) == (1...14).map { Cloud.ID($0) })
      #expect(clouds[1].name == "東京駅 再開発")
      #expect(clouds[2].features.map(\.name) == ["bcf", "pointcloud"])
      #expect(clouds[2].features.map { $0.viewerURL == nil } == [true, false])
      #expect(clouds[2].creator?.email?.contains("@") == true)
      #expect(clouds[5].creator == nil)
      #expect(clouds.filter { $0.isDefault == true }.map(\.id) == [1])
      #expect(try await client.getCloud(cloud) == clouds[2])
    }
  }

  private func useUsers(_ operation: Operation, _ client: CloudAPIClient) async throws {
    let users = try await client.getCloudUsers(cloud)
    let user = try #require(users.first { $0.cloudRole == .user })
    switch operation {
    case .updateCloudUser:
      let changed = try await client.updateCloudUser(cloud, user.id, UserCloudUpdate(role: .admin))
      #expect(changed.cloudRole == .admin)
      #expect(changed.email == user.email)
      #expect(try await client.getCloudUser(cloud, user.id) == changed)
    case .fullUpdateCloudUser:
      let changed = try await client.fullUpdateCloudUser(cloud, user.id, UserCloudUpdate(role: .admin))
      #expect(changed.cloudRole == .admin)
    case .deleteCloudUser:
      try await client.deleteCloudUser(cloud, user.id)
      #expect(try await client.getCloudUsers(cloud) == users.filter { $0.id != user.id })
    default:
      #expect(users.count == 48)
      #expect(Set(users.map(\.id)).count == 48)
      #expect(Set(users.map(\.cloudRole)) == [.admin, .user])
      #expect(users.allSatisfy { $0.createdAt != nil })
      #expect(try await client.getCloudUser(cloud, user.id) == user)
    }
  }

  private func useInvitations(_ operation: Operation, _ client: CloudAPIClient) async throws {
    let before = try await client.getCloudInvitations(cloud)
    switch operation {
    case .inviteCloudUser:
      let draft = CloudInvitationDraft(email: "ada+x@example.com", redirectURI: "https://example.com/?a=1&b=2")
      let made = try await client.inviteCloudUser(cloud, draft)
      #expect(made.email == draft.email)
      #expect(made.redirectURI == draft.redirectURI)
      #expect(try await client.inviteCloudUser(cloud, draft) == made)
      #expect(try await client.getCloudInvitations(cloud) == before + [made])
    case .cancelCloudUserInvitation:
      try await client.cancelCloudUserInvitation(cloud, before[1].id)
      #expect(try await client.getCloudInvitations(cloud) == [before[0], before[2]])
    default:
      #expect(before.map(\.email).first == "new.admin@example.org")
      #expect(before.map(\.redirectURI) == Array(repeating: "https://platform.bimdata.io/cloud/3", count: 3))
    }
  }

  private func useProcessors(_ operation: Operation, _ client: CloudAPIClient) async throws {
    let before = try await client.cloudProcessorList(cloud)
    switch operation {
    case .cloudProcessorCreate:
      let draft = ProcessorDraft(name: "merge", parentProcessors: [before[0].id, before[2].id])
      let made = try await client.cloudProcessorCreate(cloud, draft)
      #expect(made == Processor(id: made.id, name: "merge", parentProcessors: draft.parentProcessors))
      #expect(try await client.cloudProcessorList(cloud) == before + [made])
    case .cloudProcessorPartialUpdate:
      let renamed = try await client.cloudProcessorPartialUpdate(cloud, before[1].id, ProcessorPatch(name: "glb"))
      #expect(
        renamed == Processor(id: before[1].id, name: "glb", parentProcessors: before[1].parentProcessors))
      let patch = ProcessorPatch(parentProcessors: [])
      let detached = try await client.cloudProcessorPartialUpdate(cloud, before[1].id, patch)
      #expect(detached == Processor(id: before[1].id, name: "glb"))
    case .cloudProcessorUpdate:
      let draft = ProcessorDraft(name: "glb", parentProcessors: [])
      let replaced = try await client.cloudProcessorUpdate(cloud, before[1].id, draft)
      #expect(replaced == Processor(id: before[1].id, name: "glb"))
    case .cloudProcessorDelete:
      try await client.cloudProcessorDelete(cloud, before[0].id)
      let left = try await client.cloudProcessorList(cloud)
      #expect(left.map(\.id) == before.dropFirst().map(\.id))
      #expect(left[0].parentProcessors.isEmpty)
    default:
      #expect(before.map(\.name) == ["extract", "gltf", "svg", "preview", "xkt"])
      #expect(before.map(\.parentProcessors) == [[], [31], [32], [32], [32]])
      #expect(try await client.cloudProcessorRead(cloud, 32) == before[1])
    }
  }

  @Test(arguments: ServiceUnderTest.allCases)
  func whatTheServiceRefusesIsTold(service: ServiceUnderTest) async throws {
    try await service.withClient { client in
      let missing = try await #require(throws: CloudAPIError.self) { try await client.getCloud(999) }
      #expect(missing == CloudAPIError(.notFound, request: "GET /cloud/999", detail: "Not found."))

      let blank = try await #require(throws: CloudAPIError.self) { try await client.createCloud(CloudDraft(name: "")) }
      #expect(blank.code == .validation(fields: ["name": ["This field may not be blank."]]))

      let member = try #require(try await client.getCloudUsers(cloud).first?.email)
      let draft = CloudInvitationDraft(email: member, redirectURI: "https://example.com")
      let again = try await #require(throws: CloudAPIError.self) { try await client.inviteCloudUser(cloud, draft) }
      guard case .validation(let fields) = again.code else {
        Issue.record("\(again)")
        return
      }
      #expect(fields["already_exists"]?.first?.contains("Haussmann Tower") == true)
    }
  }

  @Test(arguments: ServiceUnderTest.allCases) func aWrongKeyIsRefused(service: ServiceUnderTest) async throws {
    try await service.withClient(key: "wrong") { client in
      let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      #expect(error.code == .unauthorized)
      #expect(error.detail?.isEmpty == false)
    }
  }

  @Test(arguments: ServiceUnderTest.allCases)
  func manyRequestsAtOnceAreAllAnswered(service: ServiceUnderTest) async throws {
    try await service.withClient { client in
      let sizes = try await withThrowingTaskGroup(of: Int64.self) { group in
        for index in 0..<200 {
          group.addTask { try await client.getCloudSize(Cloud.ID(index % 14 + 1)).bytes ?? -1 }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(sizes.count == 200)
      #expect(sizes.count { $0 == 512 << 30 } == 15)
    }
  }
}

extension RequestEvent {
  /// Whether a request of `operation` was successful.
  fileprivate func isSuccess(of operation: Operation) -> Bool {
    guard case .finished = kind, method == operation.method.rawValue else { return false }
    let template = operation.pathTemplate.split(separator: "/")
    let segments = path.split(separator: "/")
    return template.count == segments.count
      && zip(template, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
