/// The clouds that a simulator starts with.
public struct DataSet: Sendable {
  var clouds: [CloudState]
  /// Whether absent values are written as null, and some ids as text.
  var isOdd = false

  /// No clouds.
  public static let empty = DataSet(clouds: [])

  /// Any number of clouds, each with any number of users; the same for the same seed on every machine.
  ///
  /// Users are generated when they are needed, so that a thousand clouds of a hundred thousand users each start at
  /// once.
  ///
  /// - Parameters:
  ///   - clouds: the number of clouds.
  ///   - users: the number of users in each cloud.
  ///   - seed: any number; another seed gives other names, sizes and dates.
  ///   - people: how many people the users of all clouds are, at least one more than `users`; each may be in several
  ///     clouds or invited to them, as ``SharedPeople`` says. If nil, each user is in one cloud only, with an address
  ///     and a role, and nobody is invited.
  ///   - closed: how many of the clouds, evenly spread, refuse (403) any key: in turn their users, their invitations,
  ///     and both.
  public static func generated(
    clouds: Int, users: Int, seed: UInt64 = 1, people: Int? = nil, closed: Int = 0
  ) -> DataSet {
    let (clouds, users) = (max(clouds, 0), max(users, 0))
    return DataSet(
      clouds: (0..<clouds).map { index in
        let id = index + 1
        let shared = people.map { SharedPeople(people: $0, cloud: id, count: users, seed: seed) }
        var state = cloud(
          id: id,
          users: GeneratedUsers(
            people: shared.map { .shared($0) } ?? .own(firstID: index * users + 1), count: users, seed: seed),
          seed: seed)
        state.invitations = shared?.invitations(cloud: id, seed: seed) ?? []
        let closedBefore = index * closed / clouds
        if closedBefore < id * closed / clouds {
          state.refusesUsers = closedBefore % 3 != 1
          state.refusesInvitations = closedBefore % 3 != 0
        }
        return state
      })
  }

  private static func cloud(id: Int, users: GeneratedUsers, seed: UInt64) -> CloudState {
    // Negative streams belong to clouds, positive ones to users.
    var random = SeededGenerator(seed: seed, stream: -id)
    let created = random.timestamp()
    let name = "\(random.pick(NamePool.cloudKinds)) \(random.pick(NamePool.cloudPlaces)) \(id)"
    // Sizes are spread evenly over the orders of magnitude, including 0.
    let magnitude = random.next(below: 41)
    let bytes = magnitude == 0 ? 0 : (1 << magnitude) + random.next(below: 1 << magnitude)
    // From full down to two fifths full; one in eight has no limit. Drawn last, so that the other values are the same
    // as without quotas.
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
  /// The user as a creator, who isn't a member and so has no role.
  var withoutRole: UserRecord {
    var user = self
    user.cloudRole = nil
    return user
  }
}

extension DataSet {
  /// Fourteen clouds for demonstrations and experiments: about 3 TB, names in several scripts, some people without a
  /// name and some clouds without a creator. Most people are in several clouds, Ada Lovelace in half of them; the sixth
  /// and the last have one administrator only, and some people are invited only, one of them three times. BIMData's own clients accept every value. In the current edition the
  /// second cloud is amber (66 to 80 %), the fourth red, the ninth full and the others green; the eleventh has no
  /// quota, the key is no administrator of the thirteenth, and the platform pays for the last.
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
        id: 8, "Harbour Lab", gigabytes: 0.402, of: 10, users: 7, from: 29, others: [0], creator: 29,
        invitations: ["New.Admin@example.org", "sato.kenji@yamato.example"],
        processors: [("pointcloud", []), ("elevation", [0]), ("preview", [0, 1])]),
      DemoCloud(
        id: 9, "Μετρό Θεσσαλονίκης", gigabytes: 176, of: 176, users: 26, from: 7, creator: 8,
        invitations: ["ergotaxio@skyrodema.example"], processors: DemoCloud.pipeline),
      DemoCloud(
        id: 10, "مركز الدوحة للفنون", gigabytes: 148, of: 500, users: 22, from: 9, others: [0, 1], creator: 9,
        invitations: ["new.admin@example.org", "pm@gabarit.example"], processors: DemoCloud.pipeline),
      DemoCloud(
        id: 11, "Київ, Поштова площа", gigabytes: 94, of: nil, users: 18, from: 11, others: [0], creator: 11,
        invitations: ["tender@podil.example"], processors: [("extract", []), ("gltf", [0]), ("export", [0])]),
      DemoCloud(
        id: 12,
        "Réhabilitation énergétique du groupe scolaire Jean-Jaurès et de la halle des sports, tranche ferme, lots 1 à 7",
        gigabytes: 17, of: 100, users: 15, from: 61, creator: 61, processors: [("extract", []), ("xkt", [0])]),
      DemoCloud(id: 13, "서울로 7017", gigabytes: 3.4, of: 10, keyRole: RoleNumber.user, users: 8, from: 13, creator: 13),
      DemoCloud(
        id: 14, "Sandbox", gigabytes: 0.0007, of: 1, managedBy: .platform, users: 6, from: 64, others: [0],
        features: ["bcf"]),
    ].map(\.state))
}

extension DataSet {
  /// The clouds of ``demo`` with values that BIMData's documentation doesn't allow but services have sent: a member
  /// without a role, an unknown role, null for absent values, ids as text.
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
