import CloudAPI
import FoundationEssentials
import HTTPTypes
import Testing

/// The meaning of a token endpoint's failures for a read and for a write that waits for its token.
@Suite(.timeLimit(.minutes(5))) struct TokenErrorTests {
  private static let request = "POST https://iam.example.com/realms/x/token"

  static let rows: [(ScriptedTransport.Step, CloudAPIError.Code)] = [
    (.json(#"{"error": "invalid_client"}"#, status: 401), .unauthorized),
    (.json(#"{"error": "invalid_client", "error_description": "Bad secret"}"#, status: 400), .unauthorized),
    (.json(#"{"error": "unauthorized_client"}"#, status: 400), .unauthorized),
    (.json(#"{"error": "invalid_scope"}"#, status: 400), .rejected(status: 400)),
    (.empty(status: 403), .forbidden(scope: nil)),
    (.html("<title>Not here</title>", status: 404), .rejected(status: 404)),
    (.empty(status: 429, [.retryAfter: "30"]), .rateLimited(until: fixtureNow + 30)),
    (.html("<title>Bad Gateway</title>", status: 502), .server(status: 502)),
    (.failure(.notConnected(reason: "refused")), .unreachable(reason: "refused")),
    (.failure(.connectionLost(reason: "reset")), .unreachable(reason: "reset")),
    (.failure(.timedOut), .timedOut),
    (
      .empty(status: 302, [.location: "https://x.example/login?a=b"]),
      .unexpectedRedirect(location: "https://x.example/login")
    ),
    (
      .html("<title>Sign in</title>"),
      .badResponse(reason: "the response is an HTML page (“Sign in”), not JSON")
    ),
    (.json("{}"), .badResponse(reason: "the token.access_token is missing")),
    (
      .json(#"{"access_token": ""}"#),
      .badResponse(reason: "the token is empty or contains invalid characters")
    ),
    (
      .json(#"{"access_token": "a\r\nX: b"}"#),
      .badResponse(reason: "the token is empty or contains invalid characters")
    ),
    (
      .json(#"{"access_token": "abcdefgh", "token_type": "mac"}"#),
      .badResponse(reason: "the token is not a bearer token")
    ),
    (.empty(status: 200), .badResponse(reason: "the response is empty")),
  ]

  @Test(arguments: rows) func aFailureToSignInIsNeverAnUnknownOutcome(
    step: ScriptedTransport.Step, code: CloudAPIError.Code
  ) async throws {
    for isWrite in [false, true] {
      let transport = ScriptedTransport(step)
      let client = try CloudAPIClient.signingIn(transport)
      let error = try await #require(throws: CloudAPIError.self) {
        if isWrite { try await client.deleteCloud(1) } else { _ = try await client.getClouds() }
      }
      #expect(error.code == code)
      #expect(error.request == Self.request)
      #expect(error.isSigningIn)
      #expect(error.message.hasSuffix("."))
      // A refused client is tried once more with HTTP Basic.
      #expect(transport.requests.count == (code == .unauthorized ? 2 : 1))
    }
  }

  @Test func theAdviceSpeaksOfTheClientAndItsSecret() {
    let refused = CloudAPIError(.unauthorized, request: Self.request, detail: "Bad secret", isSigningIn: true)
    #expect(refused.message == "The token service refuses this client: Bad secret.")
    #expect(refused.advice?.contains("client_secret") == true)
    let unreachable = CloudAPIError(.unreachable(reason: "refused"), request: Self.request, isSigningIn: true)
    #expect(unreachable.advice?.contains("token_url") == true)
    #expect(
      CloudAPIError(.timedOut, request: Self.request, isSigningIn: true).message
        == "Sign-in failed. The service didn't respond in time.")
  }

  @Test func aRefusalIsBelievedForAMoment() async throws {
    let refusal = ScriptedTransport.Step.json(#"{"error": "invalid_client"}"#, status: 401)
    let transport = ScriptedTransport(refusal, refusal, refusal, refusal)
    let clock = HandClock()
    let client = try CloudAPIClient.signingIn(transport, clock: clock)
    for _ in 0..<50 { await #expect(throws: CloudAPIError.self) { try await client.getClouds() } }
    #expect(transport.requests.count == 2)
    clock.advance(by: .seconds(5))
    await #expect(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(transport.requests.count == 4)
  }

  @Test func aReadWaitsForATokenEndpointThatFailsForAMoment() async throws {
    let transport = ScriptedTransport(
      .empty(status: 503), .failure(.notConnected(reason: "refused")), .json(#"{"access_token": "t0k3n-number-1"}"#),
      .json("[]"))
    let clock = SkippingClock(upTo: .seconds(5))
    let client = try CloudAPIClient.signingIn(transport, retry: .standard, clock: clock)
    #expect(try await client.getClouds().isEmpty)
  }

  @Test(arguments: [
    ("http://iam.example.com/token", BaseURLError.plainHTTP(host: "iam.example.com")), ("", .empty),
    ("https://u:p@iam.example.com/token", .credentials), ("iam.example.com/token", .noScheme),
    ("https://iam.example.com/token#x", .queryOrFragment),
  ])
  func aTokenURLIsCheckedAsTheServicesIs(text: String, error: BaseURLError) {
    #expect(throws: error) { try TokenURL(text) }
  }

  @Test func aTokenURLKeepsItsSlashAndItsQuery() async throws {
    let transport = ScriptedTransport(.empty(status: 500))
    let url = try TokenURL("http://localhost:8/token/?tenant=abcdefgh")
    let configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("http://localhost:8"),
      credential: .clientCredentials(ClientCredentials(id: "me", secret: Secret("x"), tokenURL: url)))
    let client = CloudAPIClient(configuration: configuration, transport: transport)
    await #expect(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
    #expect(transport.requests.first?.head.path == "/token/?tenant=abcdefgh")
    #expect("\(url)" == "http://localhost:8/token/")
  }
}
