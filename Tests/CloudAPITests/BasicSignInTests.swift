import CloudAPI
import FoundationEssentials
import HTTPTypes
import Testing

/// Token endpoints that accept the client's secret only by HTTP Basic.
@Suite(.timeLimit(.minutes(5))) struct BasicSignInTests {
  private static let refusal = ScriptedTransport.Step.json(#"{"error": "invalid_client"}"#, status: 401)
  private static let token = ScriptedTransport.Step.json(#"{"access_token": "t0k3n-1", "expires_in": 20}"#)

  private func client(
    _ transport: any Transport, secret: String, clock: any Clock<Duration> = HandClock(),
    secrets: KnownSecrets = KnownSecrets()
  ) throws -> CloudAPIClient {
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("https://api.example.com"), credential: try .clientCredentials(secret: secret, scope: "a b"))
    configuration.retry = .none
    return CloudAPIClient(configuration: configuration, transport: transport, clock: clock, secrets: secrets)
  }

  @Test func oneThatRefusesTheSecretInTheBodyIsAskedWithBasicAndFromThenOnAlone() async throws {
    let transport = ScriptedTransport(
      Self.refusal, Self.token, .json("[]"), .json(#"{"access_token": "t0k3n-2"}"#), .json("[]"))
    let clock = HandClock()
    let client = try client(transport, secret: "p:ss wörd", clock: clock)
    _ = try await client.getClouds()
    clock.advance(by: .seconds(60))
    _ = try await client.getClouds()
    let asked = transport.requests.filter { $0.head.method == .post }
    let value = Data("me%20%26%20you:p%3Ass%20w%C3%B6rd".utf8).base64EncodedString()
    #expect(asked.map { $0.head.headerFields[.authorization] } == [nil, "Basic \(value)", "Basic \(value)"])
    #expect(
      asked.dropFirst().map { String(decoding: $0.body, as: UTF8.self) }
        == Array(repeating: "grant_type=client_credentials&scope=a%20b", count: 2))
  }

  @Test func oneThatTookTheSecretInTheBodyIsNeverAskedOtherwise() async throws {
    let transport = ScriptedTransport(Self.token, .json("[]"), Self.refusal, Self.token)
    let clock = HandClock()
    let client = try client(transport, secret: fixtureKey, clock: clock)
    _ = try await client.getClouds()
    clock.advance(by: .seconds(60))
    await #expect(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(transport.requests.count == 3)
  }

  @Test func whatIsSaidOfTheWayThatIsKnownThereIsSaid() async throws {
    let known = ScriptedTransport(
      .json(#"{"error": "invalid_client", "error_description": "No header"}"#, status: 401),
      .json(#"{"error": "invalid_client", "error_description": "Bad secret"}"#, status: 401))
    let error = try await #require(throws: CloudAPIError.self) {
      try await client(known, secret: fixtureKey).deleteCloud(1)
    }
    #expect(error.detail == "Bad secret")
    let unknown = ScriptedTransport(
      .json(#"{"error": "invalid_client", "error_description": "Bad secret"}"#, status: 401),
      .json(#"{"error": "invalid_request", "error_description": "Missing client_id"}"#, status: 400))
    let other = try await #require(throws: CloudAPIError.self) {
      try await client(unknown, secret: fixtureKey).deleteCloud(1)
    }
    #expect(other.code == .unauthorized)
    #expect(other.detail == "Bad secret")
  }

  @Test func whatCarriesTheSecretIsMaskedLikeTheSecret() async throws {
    let secrets = KnownSecrets()
    let value = Data("me%20%26%20you:\(fixtureKey)".utf8).base64EncodedString()
    let echo = #"{"error": "invalid_client", "error_description": "No client \#(value)"}"#
    let transport = ScriptedTransport(Self.refusal, .json(echo, status: 401))
    let error = try await #require(throws: CloudAPIError.self) {
      try await client(transport, secret: fixtureKey, secrets: secrets).deleteCloud(1)
    }
    #expect(error.detail == "No client •••")
  }
}
