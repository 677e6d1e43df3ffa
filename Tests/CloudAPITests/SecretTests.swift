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

  /// Lengths of the text before the key, so that each cut is within the key.
  @Test(arguments: [10, 30, 80, 90, 180, 190, 480, 490, 499])
  func aKeyAcrossACutShowsNoPartOfItself(before: Int) async throws {
    let text = String(repeating: "x", count: before) + fixtureKey + String(repeating: "y", count: 600)
    let transport = ScriptedTransport(
      .json(#"{"detail": "\#(text)"}"#, status: 401),
      .json(#"{"name": ["\#(text)"], "\#(text)": ["no such field"]}"#, status: 400),
      .html("<title>\(text)</title>"), .html("<title>\(text)</title>", status: 500),
      .empty(status: 304, [.location: "https://login.example.com/\(text)"]),
      .answer(403, [.contentType: "text/plain"], body: [Array(text.utf8)]),
      .json(
        #"[{"id": 1, "name": "x", "created_at": "\#(text)"}, {"id": 2, "name": "x", "created_at": "\#(fixtureKey)"}]"#))
    let client = try CloudAPIClient.fixture(transport)
    for _ in 0..<6 {
      let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      let shown = "\(error) \(error.code) \(error.advice ?? "")"
      #expect(!shown.contains(fixtureKey.prefix(4)), "\(shown)")
    }
    let odd = try await client.getClouds().flatMap(\.oddities)
    #expect(odd.count == 2 && !"\(odd)".contains(fixtureKey.prefix(4)))
    #expect(transport.requests.count == 7)
  }

  @Test func aKeyIsMaskedInTheNamesOfFieldsToo() async throws {
    let body = #"{"\#(fixtureKey)": ["a"], "•••": ["b"], "name": {"\#(fixtureKey)": "c"}}"#
    let client = try CloudAPIClient.fixture(ScriptedTransport(.json(body, status: 400)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.createCloud(CloudDraft(name: "")) }
    #expect(error.code == .validation(fields: ["•••": ["a", "b"], "name.•••": ["c"]]))
  }

  @Test(arguments: [("a", "Not a valid name, aaaaaaaa."), ("aaaaaaaa", "Not a valid name, •••.")])
  func aKeyTooShortToBeOneLeavesProseAlone(key: String, detail: String) async throws {
    let transport = ScriptedTransport(.json(#"{"detail": "Not a valid name, aaaaaaaa."}"#, status: 404))
    let client = CloudAPIClient(configuration: try .fixture(key: key), transport: transport)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.detail == detail)
  }

  @Test func whatAServiceSaysAtLengthIsCut() async throws {
    let text = String(repeating: "x", count: 3_000)
    let transport = ScriptedTransport(
      .json(#"{"detail": "\#(text)"}"#, status: 404), .empty(status: 304, [.location: text]),
      .html("<title>\(text)</title>"))
    let client = try CloudAPIClient.fixture(transport)
    for _ in 0..<3 {
      let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      #expect(error.message.count < 600)
    }
  }
}
