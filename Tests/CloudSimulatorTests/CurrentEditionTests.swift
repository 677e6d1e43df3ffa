import CloudSimulator
import FoundationEssentials
import HTTPTypes
import Testing

@Suite("The current edition")
struct CurrentEditionTests {
  private let simulator = Simulator.fixed(data: .demo, edition: .current)

  @Test(arguments: ["/cloud/3/processor", "/cloud/3/processor/31"])
  func processorsAreGoneLikeAnyPathThatNeverWas(path: String) async {
    let answer = await simulator.exchange(.get, path)
    #expect(answer.status == 404)
    #expect(answer.text.contains("The requested resource was not found on this server."))
  }

  @Test(arguments: [
    (HTTPRequest.Method.put, "/cloud/3", "GET, PATCH, DELETE, HEAD"), (.put, "/cloud/3/user/102", "PATCH, DELETE"),
    (.get, "/cloud/3/user/102", "PATCH, DELETE"), (.head, "/cloud/3/user/102", "PATCH, DELETE"),
  ])
  func methodsThatAreGoneAreNotAllowed(method: HTTPRequest.Method, path: String, allowed: String) async {
    let answer = await simulator.exchange(method, path, "{}")
    #expect(answer.status == 405)
    #expect(answer.fields[.allow] == allowed)
  }

  @Test(arguments: [
    ("email=grace%40beton.example", ["grace@beton.example"]), ("email=grace@beton.exampl", []),
    ("email=GRACE%40beton.example", []), ("email__startswith=grace%40b", ["grace@beton.example"]),
    ("email__contains=ace%40bet", ["grace@beton.example"]),
    ("email__endswith=%40yamato.example", ["tanaka.yoko@yamato.example", "sato.kenji@yamato.example"]),
    ("email__endswith=%40yamato.example&email__startswith=sato", ["sato.kenji@yamato.example"]),
    ("page=2&email=grace%40beton.example", ["grace@beton.example"]), ("email=a+b", []),
  ])
  func usersAreChosenByTheirAddress(query: String, addresses: [String]) async {
    let text = await simulator.exchange(.get, "/cloud/3/user?\(query)").text
    #expect(emails(in: text) == addresses)
  }

  @Test(arguments: ["", "?", "?email=", "?other=grace"])
  func withoutAnAddressAllUsersAreThere(query: String) async {
    #expect(emails(in: await simulator.exchange(.get, "/cloud/3/user\(query)").text).count == 48)
  }

  @Test func aUserHasAProviderAndNoCompany() async {
    let text = await simulator.exchange(.get, "/cloud/3/user?email=ada%40atelier.example").text
    #expect(text.hasPrefix(#"[{"id":101,"email":"ada@atelier.example","firstname":"Ada","lastname":"Lovelace","#))
    #expect(text.contains(#""cloud_role":100,"in_all_projects":true,"provider":"bimdataconnect","sub":""#))
    #expect(text.hasSuffix(#","profile_picture":null}]"#))
    #expect(!text.contains("company") && !text.contains("project_role"))
  }

  @Test func aRoleIsSetByItsNewNameAloneAndTheOldOneIsIgnored() async {
    let ignored = await simulator.exchange(.patch, "/cloud/3/user/102", #"{"role":100}"#)
    #expect(ignored.status == 200)
    #expect(ignored.text.contains(#""cloud_role":50"#))
    let updated = await simulator.exchange(.patch, "/cloud/3/user/102", #"{"cloud_role":100}"#)
    #expect(updated.text.contains(#""cloud_role":100"#))
    #expect(updated.text.hasSuffix(#","project_role":100}"#))
    let refused = await simulator.exchange(.patch, "/cloud/3/user/102", #"{"cloud_role":7}"#)
    #expect(refused.text == #"{"cloud_role":["\"7\" is not a valid choice."]}"#)
  }

  @Test func aCloudSaysWhomItBelongsTo() async {
    let cloud = await simulator.exchange(.get, "/cloud/6").text
    #expect(
      cloud.contains(
        #""marketplace_apps":[],"organization":{"id":1,"name":"Simulated Organization","is_personnal":false,"created_at":"2018-01-01T00:00:00Z","updated_at":"2018-01-01T00:00:00Z","logo":null},"creator":"#
      ))
    #expect(cloud.contains(#""creator":null,"creator_app":"skydeck-simulator","is_default":false"#))
    #expect(cloud.contains(#""image":null,"updated_at":"#))
    #expect(await simulator.exchange(.get, "/cloud/3").text.contains(#""creator_app":null"#))
    #expect(await !Simulator.fixed(data: .demo).exchange(.get, "/cloud/3").text.contains("organization"))
  }

  @Test func anInvitationTakesRoles() async {
    let plain = await simulator.exchange(
      .post, "/cloud/6/invitation", #"{"email":"a@b.example","redirect_uri":"https://c.example"}"#)
    #expect(plain.status == 201)
    #expect(plain.text.hasSuffix(#""role":100,"in_all_projects":false}"#))
    #expect(!plain.text.contains("project_role"))
    let chosen = await simulator.exchange(
      .post, "/cloud/6/invitation",
      """
      {"email":"d@b.example","redirect_uri":"https://c.example","role":50,"project_role":25,"in_all_projects":true}
      """)
    #expect(chosen.text.hasSuffix(#""role":50,"project_role":25,"in_all_projects":true}"#))
    let refused = await simulator.exchange(
      .post, "/cloud/6/invitation",
      #"{"email":"e@b.example","redirect_uri":"x","role":25,"project_role":1,"in_all_projects":"maybe"}"#)
    #expect(refused.status == 400)
    #expect(
      refused.text == """
        {"role":["\\"25\\" is not a valid choice."],"project_role":["\\"1\\" is not a valid choice."],\
        "in_all_projects":["Must be a valid boolean."]}
        """)
  }

  @Test(arguments: [
    (#""in_all_projects":true"#, #"{"project_role":["This field is required."]}"#),
    (#""in_all_projects":true,"project_role":null"#, #"{"project_role":["This field may not be null."]}"#),
    (#""in_all_projects":"yes","project_role":75"#, #"{"project_role":["\"75\" is not a valid choice."]}"#),
  ])
  func whoJoinsAllProjectsNeedsARoleInThem(fields: String, refusal: String) async {
    let body = #"{"email":"a@b.example","redirect_uri":"https://c.example","role":50,"#
    let answer = await simulator.exchange(.post, "/cloud/6/invitation", "\(body)\(fields)}")
    #expect(answer.status == 400)
    #expect(answer.text == refusal)
    #expect(await simulator.emailsSent(to: "a@b.example", in: 6) == 0)
    let taken = await simulator.exchange(.post, "/cloud/6/invitation", #"\#(body)"in_all_projects":false}"#)
    #expect(taken.status == 201)
  }

  @Test func aKeyThatIsNoAdministratorChangesNothing() async {
    #expect(await simulator.exchange(.patch, "/cloud/13", #"{"name":"Mine"}"#).status == 403)
    #expect(await simulator.exchange(.delete, "/cloud/13").status == 403)
    #expect(await simulator.exchange(.get, "/cloud/13/invitation").status == 403)
    #expect(await simulator.exchange(.get, "/cloud/13/user").status == 200)
    #expect(await simulator.exchange(.get, "/cloud/13").text.contains("서울로 7017"))
    #expect(await Simulator.fixed(data: .demo).exchange(.delete, "/cloud/13").status == 204)
  }

  @Test func aSecondFreeCloudIsToBePaidFor() async {
    let simulator = Simulator.fixed(data: .demo, edition: .current, freeClouds: 2)
    let first = await simulator.exchange(.post, "/cloud", #"{"name":"Mine"}"#)
    #expect(first.status == 201)
    let second = await simulator.exchange(.post, "/cloud", #"{"name":"Mine too"}"#)
    #expect(second.status == 402)
    #expect(second.text == #"{"detail":"You can't create more than 2 free clouds"}"#)
    #expect(await simulator.exchange(.delete, "/cloud/14").status == 204)
    #expect(await simulator.exchange(.post, "/cloud", #"{"name":"Mine too"}"#).status == 201)
  }

  private func emails(in text: String) -> [String] {
    text.ranges(of: #""email":""#).map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
  }
}
