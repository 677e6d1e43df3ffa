import CloudSimulator
import FoundationEssentials
import HTTPTypes
import Synchronization
import Testing

@Suite("Tokens")
struct TokenTests {
  private final class TestTime: Sendable {
    private let seconds = Mutex(1_558_616_837.0)
    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
    func advance(seconds interval: Double) { seconds.withLock { $0 += interval } }
  }

  private let time = TestTime()
  private let simulator: Simulator

  init() throws {
    let time = time
    let clients = [
      try AccessClient(parsing: "app:s3cret&+ ü"), try AccessClient(parsing: "reader:pw:cloud:read+org:manage"),
    ]
    simulator = Simulator(
      access: Access(keys: [AccessKey("key")], clients: clients, tokenLifetime: 60), edition: .current,
      now: { time.now })
  }

  private func ask(
    _ body: String, authorization: String? = nil, contentType: String = "application/x-www-form-urlencoded"
  ) async -> Exchange {
    await simulator.exchange(
      .post, Simulator.tokenPath, body, authorization: authorization, contentType: contentType)
  }

  private static let reader = "grant_type=client_credentials&client_id=reader&client_secret=pw"

  private func token() async throws -> String {
    let text = await ask(Self.reader).text
    let start = try #require(text.firstRange(of: #""access_token":""#)?.upperBound)
    return String(text[start...].prefix { $0 != "\"" })
  }

  private func status(_ method: HTTPRequest.Method, _ path: String, token: String) async -> Int {
    await simulator.exchange(method, path, authorization: "Bearer \(token)").status
  }

  @Test func aClientIsGivenATokenForItsCredentials() async throws {
    let answer = await ask(Self.reader)
    #expect(answer.status == 200)
    #expect(answer.text.hasPrefix(#"{"access_token":"token-1-"#))
    #expect(answer.text.hasSuffix(#","expires_in":60,"token_type":"bearer","scope":"cloud:read org:manage"}"#))
    #expect(answer.fields[.cacheControl] == "no-store")
    #expect(await simulator.tokensIssued == 1)
  }

  @Test func credentialsAreFormDecoded() async {
    let body = "grant_type=client%5Fcredentials&client_id=app&client_secret=s3%63ret%26%2B+%C3%BC"
    #expect(await ask(body).status == 200)
    #expect(await ask(body, contentType: "Application/X-WWW-Form-Urlencoded; charset=utf-8").status == 200)
  }

  @Test func credentialsMayComeInTheHeaderInstead() async {
    let basic = Data("reader:pw".utf8).base64EncodedString()
    #expect(await ask("grant_type=client_credentials", authorization: "Basic \(basic)").status == 200)
    let wrong = await ask("grant_type=client_credentials", authorization: "Basic \(basic)x")
    #expect(wrong.status == 401)
    #expect(wrong.fields[.wwwAuthenticate] == "Basic realm=\"bimdata\"")
  }

  @Test(arguments: [
    ("client_id=reader&client_secret=pw", 400, "invalid_request"),
    ("grant_type=password&client_id=reader&client_secret=pw", 400, "unsupported_grant_type"),
    ("grant_type=client_credentials", 401, "invalid_client"),
    ("grant_type=client_credentials&client_id=reader&client_secret=PW", 401, "invalid_client"),
    ("grant_type=client_credentials&client_id=stranger&client_secret=pw", 401, "invalid_client"),
    (reader + "&client_id=reader", 400, "invalid_request"), (reader + "&scope=bcf%3Aread", 400, "invalid_scope"),
    (reader + "&scope=cloud:manage", 400, "invalid_scope"),
  ])
  func anythingElseIsRefusedAsTheStandardSays(body: String, status: Int, error: String) async {
    let answer = await ask(body)
    #expect(answer.status == status)
    #expect(answer.text.hasPrefix("{\"error\":\"\(error)\",\"error_description\":\""))
    #expect(await simulator.tokensIssued == 0)
  }

  @Test func onlyAPostOfAFormIsARequestForAToken() async {
    #expect(await ask(Self.reader, contentType: "application/json").status == 400)
    #expect(await simulator.exchange(.get, Simulator.tokenPath, authorization: nil).status == 405)
  }

  @Test func aTokenMayDoWhatItsClientMay() async throws {
    let token = try await token()
    #expect(await status(.get, "/cloud/3/user", token: token) == 200)
    #expect(await status(.delete, "/cloud/3", token: token) == 403)
    #expect(await simulator.exchange(.get, "/cloud", authorization: "ApiKey \(token)").status == 401)
    #expect(await simulator.exchange(.get, "/cloud", authorization: "ApiKey key").status == 200)
  }

  @Test func fewerScopesCanBeAskedFor() async throws {
    let answer = await ask(Self.reader + "&scope=cloud%3Aread")
    #expect(answer.text.hasSuffix(#""scope":"cloud:read"}"#))
  }

  @Test func aTokenEndsWithItsLifetime() async throws {
    let token = try await token()
    time.advance(seconds: 59.5)
    #expect(await status(.get, "/cloud", token: token) == 200)
    time.advance(seconds: 0.5)
    let refused = await simulator.exchange(.get, "/cloud", authorization: "Bearer \(token)")
    #expect(refused.status == 401)
    #expect(refused.text == #"{"detail":"Invalid token."}"#)
    #expect(await status(.get, "/cloud", token: try self.token()) == 200)
    #expect(await simulator.tokensIssued == 2)
  }

  @Test func revokedTokensAreWrongAndNewOnesRight() async throws {
    let token = try await token()
    await simulator.revokeTokens()
    #expect(await status(.get, "/cloud", token: token) == 401)
    #expect(await status(.get, "/cloud", token: try self.token()) == 200)
  }

  @Test func aFaultRevokesTokensBeforeItsRequest() async throws {
    await simulator.setFaultPlan(FaultPlan([try FaultSpec("revoke:PATCH:n=1")]))
    let token = try await token()
    #expect(await status(.get, "/cloud", token: token) == 200)
    #expect(await status(.patch, "/cloud/3", token: token) == 401)
    #expect(await status(.patch, "/cloud/3", token: try self.token()) == 403)
    #expect(await simulator.requests.last?.isApplied == false)
  }
}
