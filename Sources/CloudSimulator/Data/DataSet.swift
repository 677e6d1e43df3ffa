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
