/// A short description of a demo cloud, and the record made from it.
struct DemoCloud {
  /// A step's name, and the indices of its parents among the steps before it.
  typealias Step = (name: String, parents: [Int])

  /// The steps of an ordinary cloud.
  static let pipeline: [Step] = [("extract", []), ("gltf", [0]), ("svg", [1]), ("preview", [1]), ("xkt", [1])]

  /// The steps of a cloud with many models, where two branches join again.
  static let longPipeline: [Step] = [
    ("merge", []), ("extract", [0]), ("gltf", [1]), ("elevation", [1]), ("svg", [2]), ("preview", [2, 3]),
    ("xkt", [2]), ("export", [4, 6]),
  ]

  private let id: Int
  private let name: String
  private let gigabytes: Double
  private let quota: Quota
  private let members: [Int]
  private let creator: Int?
  private let invitations: [String]
  private let processors: [Step]
  private let features: [String]
  private let isDefault: Bool

  /// - Parameters:
  ///   - gigabytes: in units of 1024³ bytes.
  ///   - quota: in the same unit; nil for no limit.
  ///   - managedBy: who manages the quota.
  ///   - keyRole: the role of the key in this cloud.
  ///   - users: the number of members.
  ///   - from: the index of the first member in ``DemoPeople``; the list wraps around at its end.
  ///   - others: the indices of further members.
  ///   - creator: an index in ``DemoPeople``; nil for an application.
  init(
    id: Int, _ name: String, gigabytes: Double, of quota: Double?, managedBy: Quota.Manager = .organization,
    keyRole: Int = RoleNumber.admin, users: Int, from: Int = 0, others: [Int] = [], creator: Int? = nil,
    invitations: [String] = [], processors: [Step] = [], features: [String] = [], isDefault: Bool = false
  ) {
    self.id = id
    self.name = name
    self.gigabytes = gigabytes
    self.quota = Quota(
      managedBy: managedBy, available: quota.map(Self.bytes), keyRole: keyRole)
    self.members = (from..<from + users) + others
    self.creator = creator
    self.invitations = invitations
    self.processors = processors
    self.features = features
    self.isDefault = isDefault
  }

  var state: CloudState {
    var random = SeededGenerator(seed: 1889, stream: id)
    let creator = creator.map { DemoPeople.user($0, role: nil) }
    // A cloud must be newer than its creator's account.
    let created = max(random.timestamp(), creator?.createdAt.adding(days: 40) ?? Timestamp(microseconds: 0))
    let updated = created.adding(days: random.next(below: 90))
    let firstProcessor = id * 10 + 1
    return CloudState(
      record: CloudRecord(
        id: id, name: name, features: features.map { FeatureRecord(name: $0, viewerURL: viewerURL(of: $0)) },
        creator: creator, isDefault: isDefault,
        createdAt: created, updatedAt: updated),
      bytes: Self.bytes(gigabytes), quota: quota,
      members: Members(.listed(members.map(user))),
      invitations: invitations.enumerated().map { offset, email in
        InvitationRecord(
          id: id * 10 + 1 + offset, email: email, redirectURI: "https://platform.bimdata.io/cloud/\(id)")
      },
      processors: processors.enumerated().map { offset, step in
        ProcessorRecord(
          id: firstProcessor + offset, name: step.name, parents: step.parents.map { firstProcessor + $0 })
      })
  }

  private static func bytes(_ gigabytes: Double) -> Int {
    Int(gigabytes * 1_073_741_824)
  }

  private func user(_ place: Int) -> UserRecord {
    let person = place % DemoPeople.all.count
    return DemoPeople.user(person, role: role(of: person))
  }

  /// Each cloud's creator and every seventh person are administrators.
  private func role(of person: Int) -> Int {
    person == creator || person % 7 == 0 ? RoleNumber.admin : RoleNumber.user
  }

  private func viewerURL(of feature: String) -> String? {
    feature == "pointcloud" ? "https://viewer.bimdata.io/plugins/pointcloud" : nil
  }
}
