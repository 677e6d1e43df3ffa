import CloudSimulator
import HTTPTypes
import Testing

@Suite("The demonstration's data")
struct DemoDataTests {
  private let simulator = Simulator.fixed(data: .demo)

  @Test func haussmannTowerHasFortyEightUsersThreeInvitationsAndFiveProcessors() async {
    let users = await simulator.exchange(.get, "/cloud/3/user").text
    let invitations = await simulator.exchange(.get, "/cloud/3/invitation").text
    let processors = await simulator.exchange(.get, "/cloud/3/processor").text

    #expect(users.ranges(of: "\"email\":").count == 48)
    #expect(invitations.ranges(of: "\"email\":").count == 3)
    #expect(
      processors == """
        [{"id":31,"name":"extract","parent_processors":[]},{"id":32,"name":"gltf","parent_processors":[31]},\
        {"id":33,"name":"svg","parent_processors":[32]},{"id":34,"name":"preview","parent_processors":[32]},\
        {"id":35,"name":"xkt","parent_processors":[32]}]
        """)
  }

  @Test func fourteenCloudsHoldAboutThreeTerabytes() async throws {
    var total = 0
    for id in 1...14 {
      total += try #require(Int(await simulator.exchange(.get, "/cloud/\(id)/size").text))
    }
    let terabytes = Double(total) / 1_099_511_627_776
    #expect((2.9..<3.3).contains(terabytes))
    #expect(await simulator.exchange(.get, "/cloud/7/size").text == "0")
    #expect(await simulator.exchange(.get, "/cloud/15/size").status == 404)
  }

  @Test func everyCloudHasFiveToSixtyUsersWithDistinctIdsAndAddresses() async {
    for id in 1...14 {
      let users = await simulator.exchange(.get, "/cloud/\(id)/user").text
      let addresses = users.ranges(of: "\"email\":\"").map { users[$0.upperBound...].prefix { $0 != "\"" } }
      #expect((5...60).contains(addresses.count), "cloud \(id)")
      #expect(Set(addresses).count == addresses.count, "cloud \(id)")
      #expect(addresses.allSatisfy { $0.hasSuffix(".example") }, "cloud \(id)")
    }
  }

  @Test func somePeopleHaveNoNameAndSomeCloudsNoCreator() async {
    let clouds = await simulator.exchange(.get, "/cloud").text

    #expect(clouds.contains("\"creator\":null"))
    #expect(clouds.contains("\"creator\":{\"id\":101,"))
    let others = await simulator.exchange(.get, "/cloud/14/user").text
    #expect(others.contains("\"firstname\":null,\"lastname\":null"))
    #expect(others.contains("\"company\":null"))
  }

  @Test func peopleAreInSeveralCloudsAndSomeAreInvitedOnly() async {
    var (clouds, admins, invited) = ([String: [Int]](), [Int: Int](), [String: [Int]]())
    for id in 1...14 {
      let users = await simulator.exchange(.get, "/cloud/\(id)/user").text
      for email in users.matches(of: /"email":"([^"]+)"/) { clouds[String(email.output.1), default: []].append(id) }
      admins[id] = users.ranges(of: "\"cloud_role\":100").count
      let invitations = await simulator.exchange(.get, "/cloud/\(id)/invitation").text
      for email in invitations.matches(of: /"email":"([^"]+)"/) {
        invited[email.output.1.lowercased(), default: []].append(id)
      }
    }
    #expect(clouds["ada@atelier.example"] == [1, 3, 8, 10, 11, 12, 14])
    #expect(clouds.values.count { $0.count > 1 } > 50)
    #expect(admins.filter { $0.value == 1 }.keys.sorted() == [6, 14])
    #expect(invited["new.admin@example.org"] == [3, 8, 10] && clouds["new.admin@example.org"] == nil)
    #expect(invited["sato.kenji@yamato.example"] == [8] && clouds["sato.kenji@yamato.example"]?.contains(8) == false)
  }

  @Test(arguments: Simulator.Edition.allCases)
  func everybodyHasARoleThatTheDocumentationKnows(edition: Simulator.Edition) async {
    let simulator = Simulator.fixed(data: .demo, edition: edition)
    for id in 1...14 {
      let users = await simulator.exchange(.get, "/cloud/\(id)/user").text
      let roles = users.ranges(of: "\"cloud_role\":").map { users[$0.upperBound...].prefix { $0 != "," } }
      #expect(Set(roles).isSubset(of: ["100", "50"]), "cloud \(id)")
    }
  }

  @Test func oddValuesAreADataSetOfTheirOwn() async {
    let simulator = Simulator.fixed(data: .odd, edition: .current)
    let users = await simulator.exchange(.get, "/cloud/1/user").text
    #expect(users.contains("\"cloud_role\":null"))
    #expect(users.contains("\"cloud_role\":75"))
    #expect(users.contains("\"id\":\"101\"") && users.contains("\"id\":102"))
    let invitations = await simulator.exchange(.get, "/cloud/3/invitation").text
    #expect(invitations.contains("\"id\":\"31\"") && invitations.contains("\"project_role\":null"))
    let project = await simulator.exchange(.post, "/cloud/3/create-demo").text
    #expect(project.contains("\"root_folder_id\":\"1\""))
    #expect(await simulator.exchange(.delete, "/cloud/1/user/101").status == 204)
  }

  @Test func itIsTheSameEveryTime() async {
    let again = Simulator.fixed(data: .demo)
    for path in ["/cloud", "/cloud/1/user", "/cloud/9/invitation", "/cloud/9/processor"] {
      #expect(await simulator.exchange(.get, path).text == again.exchange(.get, path).text)
    }
  }
}
