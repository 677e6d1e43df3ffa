import CloudAPI
import HTTPTypes
import Testing

@Suite struct SecretTests {
  private struct Holder {
    let name = "holder"
    let secret = Secret(fixtureKey)
    let authorization = Authorization.bearer(Secret(fixtureKey))
  }

  @Test func aSecretPrintsAsDotsHoweverItIsPrinted() {
    let secret = Secret(fixtureKey)
    var dumped = ""
    dump(Holder(), to: &dumped)
    dump(secret, to: &dumped)
    let printed = [
      "\(secret)", String(reflecting: secret), String(describing: Optional(secret)), "\([secret])", "\(Holder())",
      String(reflecting: Holder()), "\(Authorization.bearer(secret))", dumped,
    ]
    for text in printed {
      #expect(text.contains("•••"))
      #expect(!text.contains(fixtureKey))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(secret.revealed == fixtureKey)
  }

  @Test func aRequestPrintsWithoutItsHeaderFields() async throws {
    let transport = ScriptedTransport(.json("[]"))
    _ = try await CloudAPIClient.fixture(transport).getClouds()
    let request = try #require(transport.requests.first)
    var dumped = "\(request)"
    dump(request, to: &dumped)
    #expect(dumped.contains("GET https://api.example.com/cloud"))
    #expect(!dumped.contains(fixtureKey))
  }

  @Test func aClientPrintsWithoutItsKey() throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport())
    var dumped = "\(client)"
    dump(client, to: &dumped)
    #expect(!dumped.contains(fixtureKey))
  }

  @Test func whiteSpaceAroundAKeyIsNoPartOfIt() {
    #expect(Secret("  key\r\n") == Secret("key"))
    #expect(Secret(" \n").isEmpty)
  }

  @Test func aServiceThatRepeatsTheKeyIsNotRepeated() async throws {
    let transport = ScriptedTransport(
      .json(#"{"detail": "Unknown key \#(fixtureKey)."}"#, status: 401),
      .json(#"{"name": ["\#(fixtureKey)"]}"#, status: 400),
      .html("<title>\(fixtureKey)</title>"),
      .empty(status: 302, [.location: "https://login.example.com/\(fixtureKey)"]))
    let log = EventLog()
    let client = try CloudAPIClient.fixture(transport, observer: log.observer)
    for _ in 0..<3 {
      let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      #expect(!"\(error) \(error.code) \(error.advice ?? "")".contains(fixtureKey))
    }
    let error = try await #require(throws: CloudAPIError.self) { try await client.createDemo(1) }
    #expect(error.code == .unexpectedRedirect(location: "https://login.example.com/•••"))
    #expect(!"\(log.events)".contains(fixtureKey))
  }
}
