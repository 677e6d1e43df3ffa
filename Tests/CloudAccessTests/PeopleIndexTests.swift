import CloudAPI
import CloudAccess
import CloudChanges
import FoundationEssentials
import Testing

@Suite struct PeopleIndexTests {
  private static let start = Date(timeIntervalSince1970: 1_558_616_657)
  private let clouds = [
    CloudReference(id: 1, name: "Gare"), CloudReference(id: 2, name: "Tower"), CloudReference(id: 3, name: "Harbour"),
  ]

  private func user(_ id: Int, _ email: String?, _ role: Role? = .user, name: String = "", company: String? = nil)
    -> User
  {
    User(id: User.ID(id), email: email, company: company, firstName: name, cloudRole: role)
  }

  private func reading(_ cloud: Int, _ users: [User], at seconds: Double = 0) -> AccessReading {
    AccessReading(AccessList(.users, of: Cloud.ID(cloud)), began: Self.start + seconds, .users(PackedUsers(users)))
  }

  private func reading(_ cloud: Int, invitations: [String], at seconds: Double = 0) -> AccessReading {
    AccessReading(
      AccessList(.invitations, of: Cloud.ID(cloud)), began: Self.start + seconds,
      .invitations(
        invitations.enumerated().map { CloudInvitation(id: CloudInvitation.ID(900 + $0.offset), email: $0.element) }))
  }

  private func index(_ readings: AccessReading...) -> PeopleIndex {
    var index = PeopleIndex(clouds)
    for reading in readings { index.take(reading) }
    return index
  }

  // MARK: Their order

  /// The lists of later clouds may arrive first: rows that are there keep their places.
  @Test func peopleAreListedAsFoundOrInTheOrderOfTheClouds() {
    var index = index(reading(3, [user(1, "c@x.example"), user(2, "d@x.example")]))
    #expect(index.summariesAsFound().map(\.email) == ["c@x.example", "d@x.example"])
    index.take(reading(1, [user(3, "a@x.example"), user(4, "c@x.example")]))
    #expect(index.summariesAsFound().map(\.email) == ["c@x.example", "d@x.example", "a@x.example"])
    #expect(index.summaries().map(\.email) == ["a@x.example", "c@x.example", "d@x.example"])
    #expect(Set(index.summariesAsFound()) == Set(index.summaries()))
    // Whoever is in no list any more has no row.
    index.take(reading(3, [user(1, "c@x.example")], at: 1))
    #expect(index.summariesAsFound().map(\.email) == ["c@x.example", "a@x.example"])
  }

  @Test func aSummaryIsPackedWithoutLoss() {
    let index = index(
      reading(1, [user(1, "Ada@x.example", .admin, name: "Ada", company: "Atelier"), user(2, nil, name: "Grace")]),
      reading(2, [user(3, "ada@x.example", nil)]), reading(3, invitations: ["new@x.example"]))
    let summaries = index.summaries()
    var bytes: [UInt8] = []
    var starts: [Int] = []
    for summary in summaries {
      starts.append(bytes.count)
      var writer = RecordWriter(appendingTo: bytes)
      summary.write(to: &writer)
      bytes = writer.bytes
    }
    for (start, summary) in zip(starts, summaries) {
      var reader = RecordReader(bytes, at: start)
      #expect(PersonSummary(from: &reader) == summary)
      var again = RecordReader(bytes, at: start)
      #expect(PersonSummary.id(from: &again) == summary.id)
    }
    #expect(Set(summaries.map(\.state)) == [.member, .invited])
  }

  // MARK: Who is one person

  @Test func aPersonIsAnAddressWithoutCase() throws {
    let index = index(
      reading(1, [user(1, "Ada@Atelier.example", name: "Ada")]), reading(2, [user(2, " ada@atelier.EXAMPLE ", .admin)]))
    let ada = try #require(index.person(email: "ADA@atelier.example"))
    #expect(ada.memberships.map(\.cloud.name) == ["Gare", "Tower"])
    #expect(ada.email == "Ada@Atelier.example")
    #expect(ada.memberships.map(\.user.cloudRole) == [.user, .admin])
    #expect(index.summaries().map(\.clouds) == [2])
  }

  /// Neither the locale nor accents make two people one, or one two.
  @Test(arguments: [("jose@x.example", "josé@x.example"), ("i@x.example", "ı@x.example")])
  func otherLettersAreOtherPeople(one: String, other: String) {
    #expect(index(reading(1, [user(1, one)]), reading(2, [user(2, other)])).summaries().count == 2)
  }

  @Test func recordsWithoutAnAddressAreNeverMerged() {
    let index = index(
      reading(1, [user(1, nil, name: "Ada"), user(2, "", name: "Ada"), user(3, "  ")]), reading(2, [user(1, nil)]))
    #expect(index.summaries().map(\.clouds) == [1, 1, 1, 1])
    #expect(index.summaries().allSatisfy { $0.email == nil })
    #expect(Set(index.summaries().map(\.id)).count == 4)
  }

  @Test func twoRecordsOfAnAddressInACloudAreTwoMembershipsOfOneCloud() throws {
    let index = index(reading(1, [user(1, "a@x.example", .admin), user(2, "A@x.example", .user)]))
    let person = try #require(index.person(email: "a@x.example"))
    #expect(person.memberships.count == 2)
    let summary = try #require(index.summaries().first)
    #expect(summary.clouds == 1 && summary.adminOf == 1 && summary.onlyAdminOf == 1)
  }

  @Test func namesAreKeptAsTheCloudsHaveThem() throws {
    let index = index(
      reading(2, [user(1, "a@x.example", name: "A. Byron", company: "Beton")]),
      reading(1, [user(1, "a@x.example", name: "Ada", company: "")]), reading(3, [user(1, "a@x.example", name: "Ada")]))
    let person = try #require(index.person(email: "a@x.example"))
    #expect(person.names == ["Ada", "A. Byron"])
    #expect(person.company == "Beton")
    #expect(person.memberships.map(\.cloud.id) == [1, 2, 3])
  }

  @Test func somebodyInvitedOnlyIsInvited() throws {
    let index = index(
      reading(1, invitations: ["New@x.example"]), reading(2, invitations: ["new@x.example"]),
      reading(2, [user(1, "old@x.example")]), reading(3, invitations: ["old@x.example"]))
    let new = try #require(index.summary(Person.ID(rawValue: "new@x.example")))
    #expect(new.state == .invited && new.clouds == 2 && new.invitations == 2 && new.email == "New@x.example")
    let old = try #require(index.summary(Person.ID(rawValue: "old@x.example")))
    #expect(old.state == .member && old.clouds == 2 && old.invitations == 1)
  }

  // MARK: Admins

  @Test func theOnlyAdminIsKnownWhereAllRolesAre() throws {
    let index = index(
      reading(1, [user(1, "a@x.example", .admin), user(2, "b@x.example")]),
      reading(2, [user(1, "a@x.example", .admin), user(2, "b@x.example", .admin)]),
      reading(3, [user(1, "a@x.example", .admin), user(2, "b@x.example", nil)]))
    let ada = try #require(index.person(email: "a@x.example"))
    #expect(ada.memberships.map(\.isOnlyAdmin) == [true, false, nil])
    let other = try #require(index.person(email: "b@x.example"))
    #expect(other.memberships.map(\.isOnlyAdmin) == [false, false, false])
  }

  @Test func ofACloudWithoutAdminsAndWithUnknownRolesNothingIsSaid() throws {
    let index = index(reading(1, [user(1, "a@x.example", nil), user(2, "b@x.example")]))
    #expect(index.person(email: "a@x.example")?.memberships.map(\.isOnlyAdmin) == [nil])
  }

  // MARK: Coverage

  @Test func halfASweepSaysSo() {
    var index = index(reading(1, []))
    #expect(index.coverage.text == "1 of 3 clouds")
    #expect(!index.coverage.isOver && !index.coverage.isComplete)
    let error = CloudAPIError(.forbidden(scope: "cloud:read"), request: "GET /cloud/2/user")
    index.take(AccessReading(AccessList(.users, of: 2), began: Self.start, .failed(error)))
    index.take(reading(3, []))
    #expect(index.coverage.text == "2 of 3 clouds, 1 unreadable")
    for cloud in 1...3 { index.take(reading(cloud, invitations: [])) }
    #expect(index.coverage.isOver && !index.coverage.isComplete)
    index.take(reading(2, [], at: 1))
    #expect(index.coverage.text == "3 clouds" && index.coverage.isComplete)
    #expect(index.coverage.asOf == Self.start)
  }

  @Test func usersAndInvitationsAreCountedApart() {
    var index = index(reading(1, []), reading(2, []), reading(3, []))
    let error = CloudAPIError(.forbidden(scope: "org:manage"), request: "GET /cloud/2/invitation")
    for cloud in 1...3 {
      index.take(AccessReading(AccessList(.invitations, of: Cloud.ID(cloud)), began: Self.start, .failed(error)))
    }
    #expect(index.coverage.text == "3 clouds, no invitations readable")
    #expect(index.coverage.users.isComplete && index.coverage.invitations.unreadable.count == 3)
  }

  @Test func aCloudThatIsGoneIsNotMissing() {
    var index = index(reading(1, [user(1, "a@x.example")]), reading(3, []))
    index.take(AccessReading(AccessList(.users, of: 2), began: Self.start, .gone))
    #expect(index.coverage.text == "2 clouds")
    index.list(Array(clouds.dropFirst()))
    #expect(index.summaries().isEmpty)
    #expect(index.coverage.text == "1 of 2 clouds", "the second is listed again, so it is to be read")
  }

  // MARK: Changes

  @Test func effectsChangeItWithoutAnotherReading() throws {
    var index = index(reading(1, [user(1, "a@x.example", .admin), user(2, "b@x.example", .admin)]))
    index.take(reading(1, invitations: ["new@x.example"]))
    let now = Self.start + 5
    index.apply([Effect(ChangeTarget(.user, in: 1, .id("2")), .gone)], at: now)
    #expect(index.person(email: "b@x.example") == nil)
    #expect(index.person(email: "a@x.example")?.memberships.first?.isOnlyAdmin == true)
    let demoted = user(1, "a@x.example", .user)
    index.apply([Effect(ChangeTarget(.user, in: 1, .id("1")), .now(demoted.snapshot))], at: now)
    #expect(index.summaries().first { $0.email == "a@x.example" }?.adminOf == 0)
    index.apply([Effect(ChangeTarget(.invitation, in: 1, .id("900")), .gone)], at: now)
    #expect(index.person(email: "new@x.example") == nil)
    let invited = CloudInvitation(id: 901, email: "next@x.example")
    index.apply([Effect(ChangeTarget(.invitation, in: 1, .id("901")), .now(invited.snapshot))], at: now)
    #expect(index.person(email: "next@x.example")?.invitations.count == 1)
  }

  @Test func aReadingThatBeganBeforeAChangeIsNotTaken() {
    var index = index(reading(1, [user(1, "a@x.example")]))
    index.apply([Effect(ChangeTarget(.user, in: 1, .id("1")), .gone)], at: Self.start + 5)
    let isTaken = index.take(reading(1, [user(1, "a@x.example")], at: 4))
    #expect(!isTaken && index.summaries().isEmpty)
    index.take(reading(1, [user(1, "a@x.example")], at: 6))
    #expect(index.summaries().count == 1)
  }

  /// Many changes of one list are applied together, in their order.
  @Test func changesOfOneListAreAppliedTogether() {
    var index = index(reading(1, (1...4).map { user($0, "u\($0)@x.example") }), reading(2, [user(1, "u1@x.example")]))
    func effect(_ id: Int, _ state: Effect.State, in cloud: Cloud.ID = 1) -> Effect {
      Effect(ChangeTarget(.user, in: cloud, .id("\(id)")), state)
    }
    let (demoted, new) = (user(3, "u3@x.example", .admin), user(9, "new@x.example"))
    index.apply(
      [
        effect(1, .gone), effect(3, .now(demoted.snapshot)), effect(9, .now(new.snapshot)), effect(9, .gone),
        effect(9, .now(new.snapshot)), effect(7, .gone), effect(1, .gone, in: 2), effect(2, .gone),
      ], at: Self.start + 5)
    #expect(index.users(in: 1).map(\.id) == [3, 4, 9] && index.users(in: 2).isEmpty)
    #expect(index.users(in: 1).first?.cloudRole == .admin)
    #expect(index.person(email: "u1@x.example") == nil && index.summaries().count == 3)
  }

  @Test func whatMustBeReadAgainIsUnread() {
    var index = index(reading(1, [user(1, "a@x.example")]), reading(1, invitations: []))
    index.apply([Effect(ChangeTarget(.user, in: 1, .id("1")), .readAgain)], at: Self.start + 5)
    #expect(index.unread.first == AccessList(.users, of: 1))
    #expect(index.summaries().count == 1, "what was known stays until then")
  }

  @Test func aCloudThatIsDeletedTakesItsPeopleAlong() {
    var index = index(reading(1, [user(1, "a@x.example")]), reading(2, [user(1, "a@x.example")]))
    index.apply([Effect(ChangeTarget(.cloud, in: nil, .id("1")), .gone)], at: Self.start)
    #expect(index.summaries().map(\.clouds) == [1])
    index.apply(
      [Effect(ChangeTarget(.cloud, in: nil, .id("9")), .now(Cloud(id: 9, name: "New").snapshot))], at: Self.start)
    #expect(index.unread.contains(AccessList(.users, of: 9)))
  }

  @Test func aListThatWasOnItsWayWhenItsCloudWasDeletedIsNotTaken() {
    var index = index(reading(2, [user(1, "a@x.example")]))
    index.apply([Effect(ChangeTarget(.cloud, in: nil, .id("1")), .gone)], at: Self.start)
    index.take(reading(1, [user(1, "a@x.example")]))
    index.take(reading(1, invitations: ["b@x.example"]))
    #expect(index.person(email: "a@x.example")?.memberships.map(\.cloud.id) == [2])
    #expect(index.person(email: "b@x.example") == nil)
    #expect(index.summaries().map(\.clouds) == [1])
  }

  /// The list and the person's dialog say the same, whichever cloud answered first.
  @Test func aPersonIsTheSameInWhateverOrderTheListsArrive() throws {
    let readings = [
      reading(1, invitations: ["A@x.example"]), reading(2, [user(1, "a@X.example")]),
      reading(3, [user(1, "a@x.example", name: "Ann", company: "Beton"), user(2, "b@x.example", name: "Bo")]),
      reading(2, [user(1, "a@X.example", name: "Anna")]),
    ]
    for order in [[0, 1, 2, 3], [2, 3, 0], [3, 0, 2], [2, 0, 1, 3]] {
      var index = PeopleIndex(clouds)
      for place in order { index.take(readings[place]) }
      let person = index.person(email: "a@x.example")
      let summary = index.summaries().first { $0.id.rawValue.hasPrefix("a") }
      #expect(person?.names == ["Anna", "Ann"] && summary?.name == "Anna")
      #expect(person?.email == "a@X.example" && summary?.email == "a@X.example")
      #expect(person?.company == "Beton" && summary?.company == "Beton")
    }
  }

  @Test func whatWasNotReadIsSaidOfChangesEverywhere() {
    var index = index(reading(1, []), reading(2, []))
    #expect(index.coverage.gap == "1 of 3 clouds was not read: access to it stays.")
    index.take(reading(3, []))
    #expect(index.coverage.gap == "Not all invitations were read: the others stay.")
    for cloud in 1...3 { index.take(reading(cloud, invitations: [])) }
    #expect(index.coverage.gap == nil)
  }

  @Test func aUserWithoutAnIdIsShown() throws {
    let json = #"[{"id": null, "email": "a@x.example", "cloud_role": 100}, {"id": null, "email": "b@x.example"}]"#
    let users = try JSONDecoder().decode([User].self, from: Data(json.utf8))
    let index = index(reading(1, users))
    #expect(index.summaries().count == 2)
    #expect(index.person(email: "a@x.example")?.memberships.first?.user.id.isMissing == true)
  }

  @Test func addressesHaveADomain() {
    #expect(PersonAddress.domain("Ada@Atelier.Example ") == "atelier.example")
    #expect(PersonAddress.domain("nobody") == nil && PersonAddress.domain(nil) == nil)
  }

  @Test func largeNumbersAreGrouped() {
    #expect(
      [0, 999, 1_000, 1_234_567, -1_000].map(Count.grouped) == ["0", "999", "1,000", "1,234,567", "-1,000"])
  }
}
