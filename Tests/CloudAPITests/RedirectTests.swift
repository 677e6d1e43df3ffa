import CloudAPI
import HTTPTypes
import Testing

@Suite struct RedirectTests {
  private func places(_ transport: ScriptedTransport) -> [String] {
    transport.requests.map {
      "\($0.head.scheme ?? "")://\($0.head.authority ?? "")\($0.head.path ?? "") "
        + ($0.head.headerFields[.authorization] == nil ? "without" : "with") + " key"
    }
  }

  @Test(arguments: [
    ("/v2/cloud?x=1#there", "https://api.example.com/v2/cloud?x=1 with key"),
    ("v2", "https://api.example.com/v2 with key"),
    ("https://API.example.com:443/", "https://api.example.com/ with key"),
    ("https://api.example.com:8443/", "https://api.example.com:8443/ without key"),
    ("https://other.example.com", "https://other.example.com/ without key"),
    ("//other.example.com/cloud", "https://other.example.com/cloud without key"),
  ])
  func aReadFollowsAndKeepsTheKeyForItsOwnOriginOnly(location: String, place: String) async throws {
    for status in [301, 302, 303, 307, 308] {
      let transport = ScriptedTransport(.empty(status: status, [.location: location]), .json("[]"))
      _ = try await CloudAPIClient.fixture(transport).getClouds()
      #expect(places(transport) == ["https://api.example.com/cloud with key", place])
    }
  }

  @Test func aKeyThatWasDroppedStaysDropped() async throws {
    let transport = ScriptedTransport(
      .empty(status: 302, [.location: "https://other.example.com/"]),
      .empty(status: 302, [.location: "https://api.example.com/cloud"]), .json("[]"))
    _ = try await CloudAPIClient.fixture(transport).getClouds()
    #expect(places(transport).last == "https://api.example.com/cloud without key")
  }

  @Test(arguments: [
    ("http://api.example.com/cloud", "http://api.example.com/cloud"),
    ("http://localhost/cloud", "http://localhost/cloud"),
    ("https://u:p@api.example.com/cloud", "https://api.example.com/cloud"),
    ("ftp://api.example.com/", "ftp://api.example.com/"),
    ("javascript:alert(1)", "javascript:alert(1)"),
    ("https://", "https://"),
  ])
  func anUnsafePlaceIsNamedAndNotFollowed(location: String, shown: String) async throws {
    let transport = ScriptedTransport(.empty(status: 302, [.location: location]), .json("[]"))
    let client = try CloudAPIClient.fixture(transport)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .unexpectedRedirect(location: shown))
    #expect(error.detail != nil)
    #expect(transport.requests.count == 1)
  }

  @Test func plainHTTPIsFollowedOnThisMachine() async throws {
    let transport = ScriptedTransport(.empty(status: 302, [.location: "http://127.0.0.1:9/x"]), .json("[]"))
    let client = CloudAPIClient(configuration: try .fixture("http://localhost:8"), transport: transport)
    _ = try await client.getClouds()
    #expect(places(transport) == ["http://localhost:8/cloud with key", "http://127.0.0.1:9/x without key"])
  }

  @Test func fiveRedirectsAreFollowedAndNoMore() async throws {
    let around = ScriptedTransport.Step.empty(status: 302, [.location: "/cloud"])
    let five = ScriptedTransport(around, around, around, around, around, .json("[]"))
    _ = try await CloudAPIClient.fixture(five).getClouds()
    #expect(five.requests.count == 6)

    let six = ScriptedTransport(around, around, around, around, around, around, .json("[]"))
    let client = try CloudAPIClient.fixture(six)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .unexpectedRedirect(location: "/cloud"))
    #expect(error.detail == "more than 5 redirects")
    #expect(six.requests.count == 6)
  }

  @Test(arguments: [301, 302, 303, 307, 308]) func aWriteIsNeverRedirected(status: Int) async throws {
    let transport = ScriptedTransport(
      .empty(status: status, [.location: "https://api.example.com/cloud/"]), .json(#"{"id": 1, "name": "x"}"#))
    let client = try CloudAPIClient.fixture(transport)
    let error = try await #require(throws: CloudAPIError.self) { try await client.createCloud(CloudDraft(name: "x")) }
    #expect(error.code == .unexpectedRedirect(location: "https://api.example.com/cloud/"))
    #expect(transport.requests.count == 1)
  }
}
