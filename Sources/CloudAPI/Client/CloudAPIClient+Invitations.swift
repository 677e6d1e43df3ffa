extension CloudAPIClient {
  /// The pending invitations to a cloud that the key's application sent.
  public func getCloudInvitations(_ cloud: Cloud.ID) async throws(CloudAPIError) -> [CloudInvitation] {
    try await perform(.getCloudInvitations(cloud))
  }

  /// Sends an invitation by e-mail. An address that is invited already gets another e-mail, but no second invitation is
  /// created.
  @discardableResult
  public func inviteCloudUser(
    _ cloud: Cloud.ID, _ draft: CloudInvitationDraft
  ) async throws(CloudAPIError) -> CloudInvitation {
    try await perform(.inviteCloudUser(cloud, draft))
  }

  /// Cancels a pending invitation.
  public func cancelCloudUserInvitation(_ cloud: Cloud.ID, _ id: CloudInvitation.ID) async throws(CloudAPIError) {
    try await performIgnoringAnswer(.cancelCloudUserInvitation(cloud, id))
  }
}
