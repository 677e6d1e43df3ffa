import CloudAPI
import CloudChanges
import FoundationEssentials
import Testing

/// The words of a change, computed from what it stores.
@Suite struct ChangeTests {
  private static let ada = User(
    id: 12, email: "ada@x.example", firstName: "Ada", lastName: "Lovelace", cloudRole: .user)
  private static let pending = CloudInvitation(id: 31, email: "Ada@x.example", redirectURI: "https://x.example")
  private static let draft = CloudInvitationDraft(
    email: "Ada@x.example", redirectURI: "https://x.example", role: .admin)
  private static let svg = Processor(id: 5, name: "svg", parentProcessors: [4])

  private static func names(_ record: String, _ cloud: String? = "Quay") -> Change.Names {
    Change.Names(record: record, cloud: cloud)
  }

  /// Each kind of change with its description, its sentence after it was applied, and its command.
  static let all: [(change: Change, description: String, done: String, command: String)] = [
    (
      Change(.createCloud(CloudDraft(name: "Quai 7")), names: names("Quai 7", nil)), "create cloud \"Quai 7\"",
      "Created cloud \"Quai 7\".", "clouds create --name 'Quai 7'"
    ),
    (
      Change(.updateCloud(3, CloudPatch(name: "B")), names: names("A", nil), before: .cloud(Cloud(id: 3, name: "A"))),
      "edit cloud \"A\"", "Saved A.", "clouds update 3 --name B"
    ),
    (
      Change(.fullUpdateCloud(3, CloudDraft(name: "B")), names: names("A", nil)), "replace cloud \"A\"", "Saved A.",
      "clouds replace 3 --name B"
    ),
    (
      Change(.deleteCloud(3), names: names("A", nil)), "delete cloud \"A\"", "Deleted cloud A.", "clouds delete 3"
    ),
    (
      Change(.createDemo(3), names: names("A", nil)), "create a demo project in A", "Created the project  in A.",
      "clouds create-demo 3"
    ),
    (
      Change(.deleteCloudUser(3, 12), names: names("Ada Lovelace"), before: ada.snapshot),
      "remove user \"Ada Lovelace\" from Quay", "Removed Ada Lovelace from Quay.", "users remove 3 12"
    ),
    (
      Change(.updateCloudUser(3, 12, UserCloudUpdate(role: .admin)), names: names("Ada Lovelace")),
      "edit user \"Ada Lovelace\" in Quay", "Saved Ada Lovelace in Quay.", "users update 3 12 --role admin"
    ),
    (
      Change(.inviteCloudUser(3, draft), names: names("Ada@x.example")), "invite Ada@x.example to Quay",
      "Invited Ada@x.example to Quay.",
      "invitations send 3 Ada@x.example --redirect-uri https://x.example --role admin"
    ),
    (
      Change(.inviteCloudUser(3, draft), names: names("Ada@x.example"), before: pending.snapshot),
      "send the invitation of Ada@x.example to Quay again", "Sent the invitation of Ada@x.example to Quay again.",
      "invitations send 3 Ada@x.example --redirect-uri https://x.example --role admin"
    ),
    (
      Change(.cancelCloudUserInvitation(3, 31), names: names("Ada@x.example"), before: pending.snapshot),
      "withdraw invitation \"Ada@x.example\" to Quay", "Withdrew the invitation of Ada@x.example to Quay.",
      "invitations cancel 3 31"
    ),
    (
      Change(.cloudProcessorCreate(3, ProcessorDraft(name: "svg", parentProcessors: [4])), names: names("svg")),
      "create processor \"svg\" in Quay", "Created processor \"svg\" in Quay.",
      "processors create 3 --name svg --parent 4"
    ),
    (
      Change(.cloudProcessorPartialUpdate(3, 5, ProcessorPatch(parentProcessors: [])), names: names("svg")),
      "edit processor \"svg\" in Quay", "Saved svg in Quay.", "processors replace 3 5 --name svg"
    ),
    (
      Change(.cloudProcessorDelete(3, 5), names: names("svg"), before: svg.snapshot),
      "delete processor \"svg\" from Quay",
      "Deleted processor svg from Quay.", "processors delete 3 5"
    ),
  ]

  @Test(arguments: all.indices) func itSaysWhatItDoes(index: Int) {
    let (change, description, done, command) = Self.all[index]
    #expect(change.description == description)
    #expect(change.done() == done)
    #expect(change.command.text == "skydeck " + command)
  }

  /// A creation is identified by what it creates; the case of addresses doesn't matter.
  @Test func aTargetIsWhatMayNotBeSentTwice() {
    let changes = Self.all.map(\.change)
    #expect(changes[0].target == ChangeTarget(.cloud, in: nil, .new("Quai 7")))
    #expect(changes[5].target == ChangeTarget(.user, in: 3, .id("12")))
    #expect(changes[7].target == ChangeTarget(.invitation, in: 3, .new("ada@x.example")))
    #expect(changes[8].target == ChangeTarget(.invitation, in: 3, .id("31")))
    #expect(changes[10].target == ChangeTarget(.processor, in: 3, .new("svg")))
  }

  @Test func anEditSaysWhatIsOtherThanBefore() throws {
    let change = Change(
      .updateCloudUser(3, 12, UserCloudUpdate(role: .admin)), names: Self.names("Ada Lovelace"),
      before: Self.ada.snapshot)
    var now = Self.ada
    now.cloudRole = .admin
    #expect(change.done(Effect(change.target, .now(now.snapshot))) == "Saved Ada Lovelace in Quay: Role: User → Admin.")
    let renaming = Change(
      .cloudProcessorPartialUpdate(3, 5, ProcessorPatch(name: "pdf")), names: Self.names("svg"),
      before: Self.svg.snapshot)
    let renamed = Processor(id: 5, name: "pdf", parentProcessors: [4])
    #expect(renaming.done(Effect(renaming.target, .now(renamed.snapshot))) == "Renamed \"svg\" to \"pdf\" in Quay.")
  }

  @Test func aRemovalTakesEverythingThatDiffersAndAnEditWhatItSets() {
    var now = Self.ada
    now.company = "ACME"
    let removal = Change(.deleteCloudUser(3, 12), names: Self.names("Ada"), before: Self.ada.snapshot)
    let edit = Change(.updateCloudUser(3, 12, UserCloudUpdate(role: .admin)), names: Self.names("Ada"))
    #expect(!removal.isUnaffected(by: Self.ada.snapshot, now.snapshot))
    #expect(edit.isUnaffected(by: Self.ada.snapshot, now.snapshot))
    now = Self.ada
    now.updatedAt = now.createdAt ?? .distantPast
    #expect(removal.isUnaffected(by: Self.ada.snapshot, now.snapshot))
    now.cloudRole = .admin
    #expect(!edit.isUnaffected(by: Self.ada.snapshot, now.snapshot))
  }

  @Test func aQuestionIsForOneOrAThousand() throws {
    let removal = Change(.deleteCloudUser(3, 12), names: Self.names("Ada"), before: Self.ada.snapshot)
    let one = try #require(ChangeQuestion([removal]))
    let three = try #require(ChangeQuestion([removal, removal, removal]))
    #expect(one.title == "Remove Ada from Quay?" && three.title == "Remove 3 users from Quay?")
    #expect(removal.consequences(isAlone: true) == [.text("ada@x.example"), .text("Quay and all its projects")])
    #expect(removal.consequences(isAlone: false) == [.text("ada@x.example")])
    #expect(ChangeQuestion([]).map(\.title) == nil)
  }

  @Test(arguments: all.indices) func itIsTheSameWhenItIsReadFromAFile(index: Int) throws {
    let change = Self.all[index].change
    #expect(try JSONDecoder().decode(Change.self, from: JSONEncoder().encode(change)) == change)
  }

  @Test func everyFieldOfARecordIsKept() throws {
    var creator = Self.ada
    creator.updatedAt = Date(timeIntervalSinceReferenceDate: 123.456)
    creator.provider = "keycloak"
    let cloud = Cloud(
      id: Cloud.ID(rawValue: "a b"), name: "A",
      features: [Feature(name: "f", viewerURL: "https://x.example"), Feature(name: "g")],
      creator: creator, isDefault: true, createdAt: .distantPast, organization: Organization(id: 7, name: "O"),
      image: "https://x.example/i")
    let change = Change(.deleteCloud(Cloud.ID(rawValue: "a b")), names: Self.names("A", nil), before: cloud.snapshot)
    #expect(try JSONDecoder().decode(Change.self, from: JSONEncoder().encode(change)) == change)
  }

  @Test(arguments: [
    #"{"operation": "get_cloud", "ids": ["3"], "names": {"record": "A", "others": {}}}"#,
    #"{"operation": "drop_cloud", "ids": ["3"], "names": {"record": "A", "others": {}}}"#,
    #"{"operation": "delete_cloud", "ids": [], "names": {"record": "A", "others": {}}}"#,
    #"{"operation": "delete_cloud_user", "ids": ["3"], "names": {"record": "A", "others": {}}}"#,
    #"{"operation": "create_cloud", "ids": [], "sets": {}, "names": {"record": "A", "others": {}}}"#,
    #"{"operation": "update_cloud", "ids": ["3"], "names": {"record": "A", "others": {}}}"#,
  ])
  func whatIsNoChangeIsRefused(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Change.self, from: Data(json.utf8)) }
  }
}
