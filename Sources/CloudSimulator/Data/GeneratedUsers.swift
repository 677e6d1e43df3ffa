/// The users of one generated cloud: each made from the seed when it is asked for, so that any number starts at once.
struct GeneratedUsers: Sendable {
  let firstID: Int
  let count: Int
  let seed: UInt64

  /// The user at a place of the list, the same at every call.
  subscript(index: Int) -> UserRecord {
    var random = SeededGenerator(seed: seed, stream: firstID + index)
    let id = firstID + index
    let first = random.pick(NamePool.firstNames)
    let last = random.pick(NamePool.lastNames)
    let company = random.pick(NamePool.companies)
    let created = random.timestamp()
    // Every fiftieth has never filled in a name, every tenth is an administrator.
    let isNamed = random.next(below: 50) != 0
    return UserRecord(
      id: id, email: "\(first.ascii).\(last.ascii).\(id)@\(company.domain)", company: company.name,
      firstname: isNamed ? first.name : nil, lastname: isNamed ? last.name : nil,
      createdAt: created, updatedAt: created.adding(days: random.next(below: 300)),
      cloudRole: random.next(below: 10) == 0 ? RoleNumber.admin : RoleNumber.user)
  }

  subscript(id id: Int) -> UserRecord? {
    let index = id - firstID
    return index >= 0 && index < count ? self[index] : nil
  }

  /// The id of the user with this lowercased address, read out of the address instead of made by making all users.
  func id(ofEmail email: String) -> Int? {
    let local = email.prefix { $0 != "@" }
    guard let number = local.split(separator: ".").last, let id = Int(number) else { return nil }
    return self[id: id]?.email == email ? id : nil
  }
}
