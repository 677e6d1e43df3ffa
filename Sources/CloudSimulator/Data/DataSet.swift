/// The clouds that a simulator starts with.
public struct DataSet: Sendable {
  var clouds: [CloudState]
  /// Whether what has nothing to say is null instead of absent, and some ids are text.
  var isOdd = false

  /// No cloud at all.
  public static let empty = DataSet(clouds: [])

  /// Clouds of any number, each with users of any number; the same from the same seed on every machine.
  ///
  /// Users are made when they are asked for, so that a thousand clouds of a hundred thousand users each start at once.
  ///
  /// - Parameters:
  ///   - clouds: how many clouds.
  ///   - users: how many users in each of them.
  ///   - seed: any number; another one gives other names, sizes and dates.
  public static func generated(clouds: Int, users: Int, seed: UInt64 = 1) -> DataSet {
    let users = max(users, 0)
    return DataSet(
      clouds: (0..<max(clouds, 0)).map { index in
        cloud(id: index + 1, users: GeneratedUsers(firstID: index * users + 1, count: users, seed: seed), seed: seed)
      })
  }

  private static func cloud(id: Int, users: GeneratedUsers, seed: UInt64) -> CloudState {
    // Streams below zero are the clouds', those above the users'.
    var random = SeededGenerator(seed: seed, stream: -id)
    let created = random.timestamp()
    let name = "\(random.pick(NamePool.cloudKinds)) \(random.pick(NamePool.cloudPlaces)) \(id)"
    // As many megabytes as terabytes: sizes are spread over their orders of magnitude, 0 included.
    let magnitude = random.next(below: 41)
    let bytes = magnitude == 0 ? 0 : (1 << magnitude) + random.next(below: 1 << magnitude)
    // From full down to two fifths, one in eight without a limit. Drawn last: all else stays as it was without quotas.
    let draw = random.next(below: 8)
    let quota = draw == 0 ? nil : max(bytes, 1 << 20) / 4 * (draw + 3)
    return CloudState(
      record: CloudRecord(
        id: id, name: name, creator: users.count > 0 ? users[0].withoutRole : nil, isDefault: id == 1,
        createdAt: created, updatedAt: created),
      bytes: bytes, quota: Quota(available: quota), members: Members(.generated(users)))
  }
}

extension UserRecord {
  /// The person as a creator: not seen as a member, so without a role.
  var withoutRole: UserRecord {
    var user = self
    user.cloudRole = nil
    return user
  }
}

extension DataSet {
  /// Fourteen clouds to look at and to try things on: about 3 TB, names in several scripts, some people without a name
  /// and some clouds without a creator; every value is one that BIMData's own clients take. To the current edition the
  /// second cloud is amber (66 to 80 %), the fourth red, the ninth full and the others green; the
  /// eleventh has no quota, the key is no administrator of the thirteenth, and the platform pays for the last.
  public static let demo = DataSet(
    clouds: [
      DemoCloud(
        id: 1, "Gare du Nord, extension", gigabytes: 1228.8, of: 2048, users: 60,
        invitations: ["signalisation@voie.example"], processors: DemoCloud.longPipeline, isDefault: true),
      DemoCloud(
        id: 2, "東京駅 再開発", gigabytes: 804, of: 1024, users: 41, from: 5, creator: 5,
        invitations: ["yamada.hanako@yamato.example", "facilities@marunouchi.example"],
        processors: DemoCloud.pipeline),
      DemoCloud(
        id: 3, "Haussmann Tower", gigabytes: 512, of: 1024, users: 48, creator: 0,
        invitations: ["new.admin@example.org", "pm@gabarit.example", "controle.technique@veritable.example"],
        processors: DemoCloud.pipeline, features: ["bcf", "pointcloud"]),
      DemoCloud(
        id: 4, "Zürich Hauptbahnhof", gigabytes: 219, of: 256, users: 33, from: 16, creator: 17,
        invitations: ["bauleitung@limmat.example"], processors: DemoCloud.pipeline),
      DemoCloud(
        id: 5, "Lot B – façade", gigabytes: 38, of: 100, users: 12, from: 2, creator: 2,
        processors: [("extract", []), ("gltf", [0])]),
      DemoCloud(
        id: 6, "Pont de l'Alma", gigabytes: 9, of: 50, users: 9, from: 24, invitations: ["mairie@paris.example"]),
      DemoCloud(id: 7, "Archive 2018", gigabytes: 0, of: 10, users: 5, from: 59, creator: 59),
      DemoCloud(
        id: 8, "Harbour Lab", gigabytes: 0.402, of: 10, users: 7, from: 29, creator: 29,
        processors: [("pointcloud", []), ("elevation", [0]), ("preview", [0, 1])]),
      DemoCloud(
        id: 9, "Μετρό Θεσσαλονίκης", gigabytes: 176, of: 176, users: 26, from: 7, creator: 8,
        invitations: ["ergotaxio@skyrodema.example"], processors: DemoCloud.pipeline),
      DemoCloud(
        id: 10, "مركز الدوحة للفنون", gigabytes: 148, of: 500, users: 22, from: 9, creator: 9,
        processors: DemoCloud.pipeline),
      DemoCloud(
        id: 11, "Київ, Поштова площа", gigabytes: 94, of: nil, users: 18, from: 11, creator: 11,
        invitations: ["tender@podil.example"], processors: [("extract", []), ("gltf", [0]), ("export", [0])]),
      DemoCloud(
        id: 12,
        "Réhabilitation énergétique du groupe scolaire Jean-Jaurès et de la halle des sports, tranche ferme, lots 1 à 7",
        gigabytes: 17, of: 100, users: 15, from: 61, creator: 61, processors: [("extract", []), ("xkt", [0])]),
      DemoCloud(id: 13, "서울로 7017", gigabytes: 3.4, of: 10, keyRole: RoleNumber.user, users: 8, from: 13, creator: 13),
      DemoCloud(
        id: 14, "Sandbox", gigabytes: 0.0007, of: 1, managedBy: .platform, users: 6, from: 64, features: ["bcf"]),
    ].map(\.state))
}

extension DataSet {
  /// The clouds of ``demo`` with values that BIMData's documentation doesn't allow and that services have sent all the
  /// same: somebody without a role, a role that nobody knows, null where nothing is to be said, ids that are text.
  public static let odd = DataSet(clouds: demo.clouds.map(\.withOddRoles), isOdd: true)
}

extension CloudState {
  fileprivate var withOddRoles: CloudState {
    var users: [UserRecord] = []
    members.visit { user in
      var user = user
      if user.id == 104 { user.cloudRole = nil }
      if user.id == 132 { user.cloudRole = 75 }
      users.append(user)
    }
    var state = self
    state.members = Members(.listed(users))
    return state
  }
}
