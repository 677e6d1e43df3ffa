import CloudSimulator
import HTTPTypes
import Testing

@Suite("Authentication")
struct AuthenticationTests {
  private let simulator = Simulator.fixed(key: "right")

  @Test(arguments: ["Bearer right", "bearer right", "ApiKey right", "right", "  Bearer   right "])
  func theRightKeyIsTakenWithAndWithoutItsScheme(authorization: String) async {
    #expect(await simulator.exchange(.get, "/cloud", authorization: authorization).status == 200)
  }

  @Test(arguments: [
    (nil, "Authentication credentials were not provided."),
    ("", "Authentication credentials were not provided."),
    ("Basic cmlnaHQ6", "Authentication credentials were not provided."),
    ("Bearer wrong", "Invalid token."),
    ("right2", "Invalid token."),
    ("Bearer", "Invalid token header. No credentials provided."),
    ("ApiKey right right", "Invalid token header. Token string should not contain spaces."),
  ])
  func anotherKeyOrNoneIsRefusedInTheFrameworksWords(authorization: String?, detail: String) async {
    let answer = await simulator.exchange(.get, "/cloud", authorization: authorization)
    #expect(answer.status == 401)
    #expect(answer.text == "{\"detail\":\"\(detail)\"}")
    #expect(answer.fields[.wwwAuthenticate] == "Bearer realm=\"api\"")
  }

  @Test func withoutAConfiguredKeyAnyKeyIsRightButNoneIsNot() async {
    let open = Simulator.fixed()
    #expect(await open.exchange(.get, "/cloud", authorization: "Bearer anything").status == 200)
    #expect(await open.exchange(.get, "/cloud", authorization: nil).status == 401)
  }

  @Test func theKeyIsAskedForBeforeTheMethodTheTargetAndTheBody() async {
    #expect(await simulator.exchange(.put, "/cloud", authorization: nil).status == 401)
    #expect(await simulator.exchange(.get, "/cloud/99", authorization: nil).status == 401)
    #expect(await simulator.exchange(.post, "/cloud", "{", authorization: nil).status == 401)
  }

  @Test func aPathThatDoesNotExistIsRefusedBeforeTheKeyIsAskedFor() async {
    #expect(await simulator.exchange(.get, "/clouds", authorization: nil).status == 404)
  }
}
