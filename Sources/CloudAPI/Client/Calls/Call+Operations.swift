/// The 22 operations as calls.
extension Call {
  public static let getClouds = Call(.getClouds)

  public static func createCloud(_ draft: CloudDraft) -> Call {
    Call(.createCloud, [], .cloud(draft))
  }

  public static func getCloud(_ id: Cloud.ID) -> Call {
    Call(.getCloud, [id.rawValue])
  }

  public static func updateCloud(_ id: Cloud.ID, _ patch: CloudPatch) -> Call {
    Call(.updateCloud, [id.rawValue], .cloudPatch(patch))
  }

  public static func fullUpdateCloud(_ id: Cloud.ID, _ draft: CloudDraft) -> Call {
    Call(.fullUpdateCloud, [id.rawValue], .cloud(draft))
  }

  public static func deleteCloud(_ id: Cloud.ID) -> Call {
    Call(.deleteCloud, [id.rawValue])
  }

  public static func getCloudSize(_ id: Cloud.ID) -> Call {
    Call(.getCloudSize, [id.rawValue])
  }

  public static func createDemo(_ id: Cloud.ID) -> Call {
    Call(.createDemo, [id.rawValue])
  }

  public static func getCloudUsers(_ cloud: Cloud.ID) -> Call {
    Call(.getCloudUsers, [cloud.rawValue])
  }

  public static func getCloudUser(_ cloud: Cloud.ID, _ id: User.ID) -> Call {
    Call(.getCloudUser, [cloud.rawValue, id.rawValue])
  }

  public static func updateCloudUser(_ cloud: Cloud.ID, _ id: User.ID, _ update: UserCloudUpdate) -> Call {
    Call(.updateCloudUser, [cloud.rawValue, id.rawValue], .user(update))
  }

  public static func fullUpdateCloudUser(_ cloud: Cloud.ID, _ id: User.ID, _ update: UserCloudUpdate) -> Call {
    Call(.fullUpdateCloudUser, [cloud.rawValue, id.rawValue], .user(update))
  }

  public static func deleteCloudUser(_ cloud: Cloud.ID, _ id: User.ID) -> Call {
    Call(.deleteCloudUser, [cloud.rawValue, id.rawValue])
  }

  public static func getCloudInvitations(_ cloud: Cloud.ID) -> Call {
    Call(.getCloudInvitations, [cloud.rawValue])
  }

  public static func inviteCloudUser(_ cloud: Cloud.ID, _ draft: CloudInvitationDraft) -> Call {
    Call(.inviteCloudUser, [cloud.rawValue], .invitation(draft))
  }

  public static func cancelCloudUserInvitation(_ cloud: Cloud.ID, _ id: CloudInvitation.ID) -> Call {
    Call(.cancelCloudUserInvitation, [cloud.rawValue, id.rawValue])
  }

  public static func cloudProcessorList(_ cloud: Cloud.ID) -> Call {
    Call(.cloudProcessorList, [cloud.rawValue])
  }

  public static func cloudProcessorCreate(_ cloud: Cloud.ID, _ draft: ProcessorDraft) -> Call {
    Call(.cloudProcessorCreate, [cloud.rawValue], .processor(draft))
  }

  public static func cloudProcessorRead(_ cloud: Cloud.ID, _ id: Processor.ID) -> Call {
    Call(.cloudProcessorRead, [cloud.rawValue, id.rawValue])
  }

  public static func cloudProcessorPartialUpdate(
    _ cloud: Cloud.ID, _ id: Processor.ID, _ patch: ProcessorPatch
  ) -> Call {
    Call(.cloudProcessorPartialUpdate, [cloud.rawValue, id.rawValue], .processorPatch(patch))
  }

  public static func cloudProcessorUpdate(_ cloud: Cloud.ID, _ id: Processor.ID, _ draft: ProcessorDraft) -> Call {
    Call(.cloudProcessorUpdate, [cloud.rawValue, id.rawValue], .processor(draft))
  }

  public static func cloudProcessorDelete(_ cloud: Cloud.ID, _ id: Processor.ID) -> Call {
    Call(.cloudProcessorDelete, [cloud.rawValue, id.rawValue])
  }
}
