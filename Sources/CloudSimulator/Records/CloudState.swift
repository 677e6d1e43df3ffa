/// A cloud and all that is in it.
struct CloudState: Sendable {
  var record: CloudRecord
  /// Of all files, the demo projects' included.
  var bytes: Int
  var quota = Quota()
  var members: Members
  var invitations: [InvitationRecord] = []
  var processors: [ProcessorRecord] = []
  var projects: [ProjectRecord] = []
  /// E-mails sent by invitations to this cloud, by lowercased address.
  var emailsSent: [String: Int] = [:]

  var size: CloudSizeRecord { CloudSizeRecord(bytes: bytes, quota: quota) }
}
