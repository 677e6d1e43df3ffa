import CloudAPI
import CloudChanges
import Testing

/// Which changes leave a cloud without an admin, judged by its users alone.
@Suite struct LastAdminsTests {
  private func user(_ id: Int, _ role: Role?, _ name: String = "") -> User {
    User(id: User.ID(id), email: "u\(id)@x.example", firstName: name.isEmpty ? "U\(id)" : name, cloudRole: role)
  }

  private func names(_ user: User, in cloud: Int) -> Change.Names {
    Change.Names(record: UserText.title(user), cloud: "C\(cloud)")
  }

  private func removal(_ user: User, in cloud: Int = 1) -> Change {
    Change(.deleteCloudUser(Cloud.ID(cloud), user.id), names: names(user, in: cloud), before: user.snapshot)
  }

  private func role(_ role: Role?, of user: User, in cloud: Int = 1, isWhole: Bool = false) -> Change {
    let update = UserCloudUpdate(role: role)
    let call: Call =
      isWhole
      ? .fullUpdateCloudUser(Cloud.ID(cloud), user.id, update) : .updateCloudUser(Cloud.ID(cloud), user.id, update)
    return Change(call, names: names(user, in: cloud), before: user.snapshot)
  }

  private func found(_ changes: [Change], _ users: [Int: [User]]) -> [LastAdmins] {
    let admins = users.map { (Cloud.ID($0.key), CloudAdmins($0.value)) }
    return LastAdmins.found(in: changes, admins: Dictionary(uniqueKeysWithValues: admins))
  }

  @Test func theOnlyAdminIsTheLastOneWhicheverChangeTakesTheRoleAway() {
    let (ada, grace) = (user(1, .admin, "Ada"), user(2, .user))
    let changes = [
      removal(ada), role(.user, of: ada), role(.guest, of: ada), role(Role(rawValue: 70), of: ada),
      role(.user, of: ada, isWhole: true), role(nil, of: ada, isWhole: true),
    ]
    for change in changes {
      let found = found([change], [1: [ada, grace]])
      #expect(found.map(\.changes) == [[0]], "\(change.description)")
      #expect(found.text == "Ada is the only admin of C1")
    }
  }

  @Test func whoStaysAdminIsNoLoss() {
    let (ada, grace) = (user(1, .admin), user(2, .user))
    for change in [role(.admin, of: ada), role(nil, of: ada), removal(grace), role(.user, of: grace)] {
      #expect(found([change], [1: [ada, grace]]) == [], "\(change.description)")
    }
  }

  @Test func ofTwoAdminsOneMayGoAndBothMayNot() {
    let (ada, grace) = (user(1, .admin, "Ada"), user(2, .admin, "Grace"))
    #expect(found([removal(grace)], [1: [ada, grace]]) == [])
    let both = found([removal(user(3, .user)), removal(ada), role(.user, of: grace)], [1: [ada, grace]])
    #expect(both.map(\.changes) == [[1, 2]])
    #expect(both.text == "Ada and Grace are the only admins of C1")
  }

  @Test func aNewAdminOfTheSameRunCounts() {
    let (ada, grace) = (user(1, .admin), user(2, .user))
    #expect(found([removal(ada), role(.admin, of: grace)], [1: [ada, grace]]) == [])
    // One who is removed, too, doesn't.
    #expect(found([removal(ada), role(.admin, of: grace), removal(grace)], [1: [ada, grace]]).map(\.changes) == [[0]])
    // Nor does one of another cloud.
    #expect(found([removal(ada), role(.admin, of: grace, in: 2)], [1: [ada, grace]]).map(\.changes) == [[0]])
  }

  @Test func cloudsAreJudgedEachForItself() {
    let (ada, grace) = (user(1, .admin, "Ada"), user(2, .admin, "Grace"))
    let changes = [removal(ada, in: 1), removal(ada, in: 2), removal(ada, in: 3), removal(ada, in: 4)]
    let found = found(changes, [1: [ada], 2: [ada, grace], 3: [ada], 4: [ada]])
    #expect(found.map(\.changes) == [[0], [2], [3]])
    #expect(found.text == "Ada is the only admin of C1, C3 and C4")
  }

  @Test func usersWithoutAKnownRoleAndInvitedAdminsDoNotCountAndAreSaid() {
    let (ada, other) = (user(1, .admin, "Ada"), user(2, nil))
    #expect(
      found([removal(ada)], [1: [ada, other]]).text == "Ada is the only admin of C1 (one user's role isn't known)")
    #expect(found([removal(other)], [1: [ada, other]]) == [])
  }

  @Test func anAdminWithoutAnIdStays() {
    var nameless = user(2, .admin)
    nameless = User(id: User.ID(rawValue: ""), cloudRole: nameless.cloudRole)
    #expect(found([removal(user(1, .admin))], [1: [user(1, .admin), nameless]]) == [])
  }

  @Test func aCloudThatHasNoAdminLosesNone() {
    let ada = user(1, .user)
    #expect(found([removal(ada)], [1: [ada, user(2, nil)]]) == [])
  }

  @Test func manyCloudsAreCountedAndNotAllNamed() {
    let people = (1...6).map { user($0, .admin) }
    let found = found(
      people.enumerated().map { removal($1, in: $0) },
      Dictionary(
        uniqueKeysWithValues: people.enumerated().map { ($0, [$1]) }))
    #expect(found.count == 6)
    #expect(found.text.hasSuffix("; 3 more clouds would have no admin left"))
  }
}
