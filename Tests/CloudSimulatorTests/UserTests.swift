import CloudSimulator
import HTTPTypes
import Testing

@Suite("Users")
struct UserTests {
  private let simulator = Simulator.fixed(data: .demo)

  @Test func aUserIsTheSameAloneAndInTheList() async {
    let user = await simulator.exchange(.get, "/cloud/3/user/102").text
    #expect(user.hasPrefix(#"{"id":102,"email":"grace@beton.example","company":"Béton & Fils","#))
    #expect(user.hasSuffix(#""cloud_role":50,"project_role":null}"#))
    #expect(await simulator.exchange(.get, "/cloud/3/user").text.contains(user))
  }

  @Test(arguments: [HTTPRequest.Method.patch, .put])
  func aRoleIsSetInThisCloudOnly(method: HTTPRequest.Method) async {
    let elsewhere = await simulator.exchange(.get, "/cloud/1/user/102").text
    let updated = await simulator.exchange(method, "/cloud/3/user/102", #"{"role":100}"#)
    #expect(updated.status == 200)
    #expect(updated.text.contains(#""updated_at":"2019-05-23T13:07:17.123456Z","cloud_role":100"#))
    #expect(await simulator.exchange(.get, "/cloud/3/user/102").text == updated.text)
    #expect(await simulator.exchange(.get, "/cloud/3/user").text.contains(updated.text))
    #expect(await simulator.exchange(.get, "/cloud/1/user/102").text == elsewhere)
  }

  @Test(arguments: [
    ("7", #"\"7\" is not a valid choice."#), ("25", #"\"25\" is not a valid choice."#),
    ("100.0", #"\"100.0\" is not a valid choice."#), (#""admin""#, #"\"admin\" is not a valid choice."#),
    ("true", #"\"True\" is not a valid choice."#), ("[100]", #"\"[100]\" is not a valid choice."#),
    ("null", "This field may not be null."),
  ])
  func aRoleIs100Or50(role: String, message: String) async {
    let answer = await simulator.exchange(.patch, "/cloud/3/user/102", "{\"role\":\(role)}")
    #expect(answer.status == 400)
    #expect(answer.text == "{\"role\":[\"\(message)\"]}")
    #expect(await simulator.exchange(.get, "/cloud/3/user/102").text.contains(#""cloud_role":50"#))
  }

  @Test func aRoleMayBeWrittenAsAStringAndMayBeAbsent() async {
    #expect(
      await simulator.exchange(.patch, "/cloud/3/user/102", #"{"role":"100"}"#).text.contains(#""cloud_role":100"#))
    #expect(await simulator.exchange(.put, "/cloud/3/user/102", "{}").text.contains(#""cloud_role":100"#))
    // The current edition's field name is unknown here, so it is ignored.
    #expect(
      await simulator.exchange(.patch, "/cloud/3/user/102", #"{"cloud_role":50}"#).text.contains(#""cloud_role":100"#))
  }

  @Test func aRemovedUserIsGoneFromThisCloudOnly() async {
    #expect(await simulator.exchange(.delete, "/cloud/3/user/102").status == 204)
    #expect(await simulator.exchange(.get, "/cloud/3/user/102").status == 404)
    #expect(await simulator.exchange(.delete, "/cloud/3/user/102").status == 404)
    #expect(await !simulator.exchange(.get, "/cloud/3/user").text.contains("grace@beton.example"))
    #expect(await simulator.exchange(.get, "/cloud/1/user/102").status == 200)
  }
}
