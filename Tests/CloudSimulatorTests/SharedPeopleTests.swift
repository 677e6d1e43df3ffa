import CloudSimulator
import FoundationEssentials
import HTTPTypes
import Testing

/// Generated clouds whose users are the same people.
@Suite("People in several generated clouds")
struct SharedPeopleTests {
  private struct User: Decodable {
    let id: Int?
    let email: String?
    let cloudRole: Int?
  }

  private struct Invitation: Decodable {
    let email: String
  }

  private static func users(of cloud: Int, _ simulator: Simulator) async throws -> [User] {
    try decode(await simulator.exchange(.get, "/cloud/\(cloud)/user").text)
  }

  private static func decode<Record: Decodable>(_ text: String) throws -> [Record] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Record].self, from: Data(text.utf8))
  }

  private static func all(_ simulator: Simulator, clouds: Int) async throws -> [[User]] {
    var all: [[User]] = []
    for cloud in 1...clouds { all.append(try await users(of: cloud, simulator)) }
    return all
  }

  @Test func aThousandCloudsOfTwoHundredUsersAreAboutFiftyThousandPeople() async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 1000, users: 200, people: 50_000))
    let clouds = try await Self.all(simulator, clouds: 1000)
    #expect(clouds.allSatisfy { $0.count == 200 })
    var cloudsOf: [String: Int] = [:]
    for cloud in clouds {
      for email in Set(cloud.compactMap { $0.email?.lowercased() }) { cloudsOf[email, default: 0] += 1 }
    }
    #expect((45_000...50_000).contains(cloudsOf.count))
    #expect(cloudsOf.values.count { $0 > 1 } > 35_000)
    #expect(cloudsOf.values.count { $0 > 20 } > 400)

    let first = try #require(clouds[0][0].email)
    let accounts = clouds.flatMap(\.self).filter { $0.email?.lowercased() == first.lowercased() }
    #expect(accounts.count == 300 && accounts.allSatisfy { $0.cloudRole == 50 })
    let admin = try #require(clouds[3][0].email)
    #expect(clouds.count { $0[0].email?.lowercased() == admin.lowercased() && $0[0].cloudRole == 100 } == 700)
  }

  @Test(arguments: Simulator.Edition.allCases)
  func whatPeopleAcrossCloudsAreLikeOccurs(edition: Simulator.Edition) async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 80, users: 100, people: 2_000), edition: edition)
    let clouds = try await Self.all(simulator, clouds: 80)
    let users = clouds.flatMap(\.self)
    #expect(users.contains { $0.email == nil })
    #expect(users.contains { $0.id == nil } == (edition == .current))
    #expect(
      (4...20).contains(clouds.count { $0.count { $0.cloudRole == 100 } == 1 && $0.allSatisfy { $0.cloudRole != nil } })
    )
    #expect((1...12).contains(clouds.count { $0.contains { $0.cloudRole == nil } }))
    #expect(
      clouds.contains { cloud in
        let emails = cloud.compactMap { $0.email?.lowercased() }
        return Set(emails).count < emails.count && Set(cloud.map(\.id)).count == cloud.count
      })
    let spellings = Set(users.compactMap(\.email))
    #expect(spellings.count > Set(spellings.map { $0.lowercased() }).count)

    var invited: [String: Int] = [:]
    for cloud in 1...80 {
      let invitations: [Invitation] = try Self.decode(await simulator.exchange(.get, "/cloud/\(cloud)/invitation").text)
      let emails = invitations.map { $0.email.lowercased() }
      #expect(Set(emails).isDisjoint(with: clouds[cloud - 1].compactMap { $0.email?.lowercased() }))
      for email in emails { invited[email, default: 0] += 1 }
    }
    #expect(invited.values.contains { $0 > 1 })
    let members = Set(users.compactMap { $0.email?.lowercased() })
    #expect(invited.keys.contains { members.contains($0) } && invited.keys.contains { !members.contains($0) })
  }

  @Test func everyAccountIsFoundByItsIdAndRemovedAlone() async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 40, users: 60, people: 300))
    for cloud in 1...40 {
      let users = try await Self.users(of: cloud, simulator)
      #expect(Set(users.map(\.id)).count == 60)
      for user in users {
        let id = try #require(user.id)
        let read = await simulator.exchange(.get, "/cloud/\(cloud)/user/\(id)")
        #expect(read.id == id && read.text.contains(user.email.map { "\"email\":\"\($0)\"" } ?? "\"email\":null"))
        if let email = user.email {
          let body = "{\"email\":\"\(email)\",\"redirect_uri\":\"https://example.org\"}"
          #expect(await simulator.exchange(.post, "/cloud/\(cloud)/invitation", body).status == 400)
        }
      }
      let strangers = await simulator.exchange(.get, "/cloud/\(cloud)/user/1000").status
      #expect(strangers == 404)
      let id = try #require(users.last?.id)
      #expect(await simulator.exchange(.delete, "/cloud/\(cloud)/user/\(id)").status == 204)
      #expect(try await Self.users(of: cloud, simulator).map(\.id) == users.dropLast().map(\.id))
    }
  }

  @Test func theSameSeedMakesTheSamePeopleAndAnotherSeedOthers() async {
    let first = Simulator.fixed(data: .generated(clouds: 9, users: 30, seed: 7, people: 100))
    let same = Simulator.fixed(data: .generated(clouds: 9, users: 30, seed: 7, people: 100))
    let other = Simulator.fixed(data: .generated(clouds: 9, users: 30, seed: 8, people: 100))
    for path in ["/cloud/9/user", "/cloud/8/user"] {
      let text = await first.exchange(.get, path).text
      #expect(await same.exchange(.get, path).text == text)
      #expect(await other.exchange(.get, path).text != text)
    }
    #expect(await first.exchange(.get, "/cloud/3/invitation").text == same.exchange(.get, "/cloud/3/invitation").text)
  }

  /// The smallest and odd sizes, where the parts of a cloud's users are empty.
  @Test(arguments: [(0, 1), (1, 2), (2, 3), (9, 10), (10, 11), (11, 50), (20, 10_000)])
  func anyNumberOfPeopleSuffices(users: Int, people: Int) async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 12, users: users, people: people))
    for cloud in try await Self.all(simulator, clouds: 12) {
      #expect(cloud.count == users)
      #expect(Set(cloud.map(\.id)).count == users)
    }
  }

  @Test(arguments: Simulator.Edition.allCases)
  func closedCloudsRefuseTheirUsersTheirInvitationsOrBoth(edition: Simulator.Edition) async {
    let simulator = Simulator.fixed(data: .generated(clouds: 12, users: 3, closed: 3), edition: edition)
    for cloud in 1...12 {
      let users = await simulator.exchange(.get, "/cloud/\(cloud)/user").status
      let invitations = await simulator.exchange(.get, "/cloud/\(cloud)/invitation").status
      #expect(users == ([4, 12].contains(cloud) ? 403 : 200), "\(cloud)")
      #expect(invitations == ([8, 12].contains(cloud) ? 403 : 200), "\(cloud)")
      #expect(await simulator.exchange(.get, "/cloud/\(cloud)").status == 200)
    }
    #expect(await simulator.exchange(.delete, "/cloud/4/user/10").status == 403)
    #expect(await simulator.exchange(.post, "/cloud/8/invitation", "{}").status == 403)
  }
}
