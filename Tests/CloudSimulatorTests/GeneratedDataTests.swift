import CloudSimulator
import HTTPTypes
import Testing

@Suite("Generated data")
struct GeneratedDataTests {
  @Test func theSameSeedMakesTheSameDataAndAnotherSeedOtherData() async {
    let first = Simulator.fixed(data: .generated(clouds: 20, users: 30, seed: 7))
    let same = Simulator.fixed(data: .generated(clouds: 20, users: 30, seed: 7))
    let other = Simulator.fixed(data: .generated(clouds: 20, users: 30, seed: 8))
    for path in ["/cloud", "/cloud/20/user"] {
      let text = await first.exchange(.get, path).text
      #expect(await same.exchange(.get, path).text == text)
      #expect(await other.exchange(.get, path).text != text)
    }
  }

  /// A change here would make benchmarks incomparable with earlier ones.
  @Test func theGeneratorIsTheSameInEveryVersion() async {
    let simulator = Simulator.fixed(data: .generated(clouds: 1, users: 1, seed: 1))
    #expect(
      await simulator.exchange(.get, "/cloud/1/user/1").text == """
        {"id":1,"email":"alvaro.zhang.1@atelier.example","company":"Atelier Nord","firstname":"Álvaro",\
        "lastname":"Zhang","created_at":"2018-03-16T17:02:35.756161Z","updated_at":"2018-09-21T17:02:35.756161Z",\
        "cloud_role":50,"project_role":null}
        """)
  }

  @Test func anyNumberOfUsersIsThereAtOnceAndEachCanBeChanged() async {
    let simulator = Simulator.fixed(data: .generated(clouds: 1000, users: 100_000))
    let path = "/cloud/1000/user/99950001"
    let user = await simulator.exchange(.get, path)
    #expect(user.status == 200)
    #expect(user.id == 99_950_001)
    #expect(await simulator.exchange(.get, "/cloud/999/user/99950001").status == 404)
    #expect(await simulator.exchange(.get, "/cloud/1000/user/100000001").status == 404)

    #expect(await simulator.exchange(.patch, path, #"{"role":100}"#).text.contains(#""cloud_role":100"#))
    #expect(await simulator.exchange(.delete, path).status == 204)
    #expect(await simulator.exchange(.get, path).status == 404)
  }

  @Test func aListShowsEachUserOnceAsTheUserIsNow() async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 2, users: 200))
    _ = await simulator.exchange(.delete, "/cloud/2/user/203")
    let changed = await simulator.exchange(.patch, "/cloud/2/user/204", #"{"role":100}"#).text

    let users = await simulator.exchange(.get, "/cloud/2/user").text
    let ids = users.ranges(of: "{\"id\":").map { users[$0.upperBound...].prefix { $0.isNumber } }
    #expect(ids == (201...400).filter { $0 != 203 }.map { Substring(String($0)) })
    #expect(users.contains(changed))
  }

  @Test func aGeneratedMemberCannotBeInvited() async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 1, users: 50))
    let user = await simulator.exchange(.get, "/cloud/1/user/17").text
    let email = try #require(user.firstMatch(of: /"email":"([^"]+)"/)?.output.1)
    let body = "{\"email\":\"\(email.uppercased())\",\"redirect_uri\":\"https://example.org\"}"
    let path = "/cloud/1/invitation"
    #expect(await simulator.exchange(.post, path, body).text.hasPrefix(#"{"already_exists":"#))
    _ = await simulator.exchange(.delete, "/cloud/1/user/17")
    #expect(await simulator.exchange(.post, path, body).status == 201)
  }
}
