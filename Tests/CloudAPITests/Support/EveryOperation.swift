import CloudAPI

extension Operation {
  /// Uses the operation once, on records of the demo data.
  func use(_ client: CloudAPIClient, cloud: Cloud.ID = 3) async throws {
    let (user, invitation, processor): (User.ID, CloudInvitation.ID, Processor.ID) = (101, 31, 31)
    switch self {
    case .getClouds: _ = try await client.getClouds()
    case .createCloud: try await client.createCloud(CloudDraft(name: "Quay"))
    case .getCloud: _ = try await client.getCloud(cloud)
    case .updateCloud: try await client.updateCloud(cloud, CloudPatch(name: "Quay"))
    case .fullUpdateCloud: try await client.fullUpdateCloud(cloud, CloudDraft(name: "Quay"))
    case .deleteCloud: try await client.deleteCloud(cloud)
    case .getCloudSize: _ = try await client.getCloudSize(cloud)
    case .createDemo: try await client.createDemo(cloud)
    case .getCloudUsers: _ = try await client.getCloudUsers(cloud)
    case .getCloudUser: _ = try await client.getCloudUser(cloud, user)
    case .updateCloudUser: try await client.updateCloudUser(cloud, user, UserCloudUpdate(role: .admin))
    case .fullUpdateCloudUser: try await client.fullUpdateCloudUser(cloud, user, UserCloudUpdate(role: .admin))
    case .deleteCloudUser: try await client.deleteCloudUser(cloud, user)
    case .getCloudInvitations: _ = try await client.getCloudInvitations(cloud)
    case .inviteCloudUser:
      let draft = CloudInvitationDraft(email: "ada@example.com", redirectURI: "https://x.example")
      try await client.inviteCloudUser(cloud, draft)
    case .cancelCloudUserInvitation: try await client.cancelCloudUserInvitation(cloud, invitation)
    case .cloudProcessorList: _ = try await client.cloudProcessorList(cloud)
    case .cloudProcessorCreate: try await client.cloudProcessorCreate(cloud, ProcessorDraft(name: "merge"))
    case .cloudProcessorRead: _ = try await client.cloudProcessorRead(cloud, processor)
    case .cloudProcessorPartialUpdate:
      try await client.cloudProcessorPartialUpdate(cloud, processor, ProcessorPatch(name: "merge"))
    case .cloudProcessorUpdate: try await client.cloudProcessorUpdate(cloud, processor, ProcessorDraft(name: "merge"))
    case .cloudProcessorDelete: try await client.cloudProcessorDelete(cloud, processor)
    }
  }
}
