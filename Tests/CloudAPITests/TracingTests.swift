import CloudAPI
import HTTPTypes
import Synchronization
import Testing

/// What a trace shows of an exchange, and what it hides.
@Suite(.timeLimit(.minutes(5))) struct TracingTests {
  private let traces = TraceLog()

  private func client(_ transport: ScriptedTransport) throws -> CloudAPIClient {
    let secrets = KnownSecrets()
    return CloudAPIClient(
      configuration: try .fixture(), transport: TracingTransport(transport, secrets: secrets, trace: traces.add),
      secrets: secrets)
  }

  /// The trace of one response to a read.
  private func response(_ step: ScriptedTransport.Step) async throws -> String {
    _ = try? await client(ScriptedTransport(step)).getClouds()
    return try #require(traces.all.last?.response)
  }

  @Test func anExchangeIsShownWhole() async throws {
    let client = try client(ScriptedTransport(.json(#"{"id": 3, "name": "Ωmega"}"#, [.server: "nginx"])))
    try await client.updateCloud(3, CloudPatch(name: "Ωmega"))
    let trace = try #require(traces.all.first)
    #expect(
      trace.request == """
        PATCH https://api.example.com/cloud/3
        Accept: application/json
        Accept-Encoding: identity
        User-Agent: skydeck
        Authorization: Bearer •••
        Content-Type: application/json

        {"name":"Ωmega"}

        """)
    #expect(
      trace.response == """
        200
        Server: nginx
        Content-Type: application/json

        {"id": 3, "name": "Ωmega"}

        """)
    #expect(trace.failure == nil)
  }

  @Test func aFailureIsShownWithWhatArrived() async throws {
    let lost = TransportError.connectionLost(reason: "reset after \(fixtureKey)")
    let client = try client(ScriptedTransport(.failure(lost), .answer(200, body: [Array("[1".utf8)], failure: lost)))
    _ = try? await client.getClouds()
    _ = try? await client.getClouds()
    #expect(traces.all.map(\.failure) == ["connection lost: reset after •••", "connection lost: reset after •••"])
    #expect(traces.all.map(\.response) == [nil, "200\n\n[1\n"])
  }

  @Test func secretHeaderFieldsAreMasked() async throws {
    let shown = try await response(
      .json(
        "[]",
        [
          .setCookie: "session=abc; Path=/", .proxyAuthorization: "Basic YTpi",
          .location: "https://x.example/?a=b&token=abc#id_token=def&c=d", .init("X-Auth-Token") ?? .server: "abc",
        ]))
    #expect(!shown.contains("abc"))
    #expect(!shown.contains("YTpi"))
    #expect(!shown.contains("def"))
    #expect(shown.contains("Proxy-Authorization: Basic •••\n"))
    #expect(shown.contains("Location: https://x.example/?a=b&token=•••#id_token=•••&c=d\n"))
  }

  @Test(arguments: [
    (#"{"access_token": "abc", "a": 1}"#, #"{"access_token": "•••", "a": 1}"#),
    (
      #"{"a": {"Client_Secret" :"a\"b"}, "key": 12, "b": [2]}"#,
      #"{"a": {"Client_Secret" :"•••"}, "key": "•••", "b": [2]}"#
    ),
    (#"[{"password": {"a": ["x", "}"]}, "c": 1}]"#, #"[{"password": "•••", "c": 1}]"#),
    (#"{"to\u006ben": "abc"}"#, #"{"to\u006ben": "•••"}"#),
    (#"{"password": "cut of"#, #"{"password": "•••""#), (#"{"password": "cut of\"#, #"{"password": "•••""#),
    (#"{"name": "token", "b": "api_key"}"#, #"{"name": "token", "b": "api_key"}"#),
    (#"{"token": [1, 2"#, #"{"token": "•••""#), (#"{"a": "b"#, #"{"a": "b"#),
  ])
  func secretMembersAreMasked(body: String, shown: String) async throws {
    #expect(try await response(.json(body)) == "200\nContent-Type: application/json\n\n\(shown)\n")
  }

  @Test func theFormThatAsksForATokenAndItsAnswerAreMasked() async throws {
    let secrets = KnownSecrets()
    let transport = TracingTransport(TokenService(), secrets: secrets, trace: traces.add)
    let client = try CloudAPIClient.signingIn(transport, secrets: secrets)
    _ = try await client.getClouds()
    let first = try #require(traces.all.first)
    #expect(
      first.request.hasSuffix("\n\ngrant_type=client_credentials&client_id=me%20%26%20you&client_secret=•••\n"))
    #expect(first.response?.contains(#"{"access_token": "•••", "token_type": "Bearer", "expires_in": 3600}"#) == true)
    #expect(!"\(traces.all)".contains("t0k3n-number-1"))
  }

  @Test func aSecretThatArrivesInPartsIsFound() async throws {
    for size in [1, 5, 24] {
      let bytes = Array("before \(fixtureKey) between \(fixtureKey)\(fixtureKey) after".utf8)
      let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
      #expect(try await response(.answer(500, body: chunks)).contains("before ••• between •••••• after"))
    }
  }

  @Test(arguments: [0, 1, 10, 23, 24, 25, 40])
  func aSecretAcrossTheCutIsMaskedBeforeIt(before: Int) async throws {
    for limit in [65_536, 131_072] {
      // Masked secrets at the front shorten the text, so that more of its end is shown.
      let front = limit == 65_536 ? "" : String(repeating: fixtureKey, count: 4_000)
      let filler = String(repeating: "x", count: limit - before - front.utf8.count)
      let body = Array((front + filler + fixtureKey + String(repeating: "y", count: 100_000)).utf8)
      let shown = try await response(.answer(500, body: [body]))
      #expect(!shown.contains("k3y-"))
      #expect(!shown.contains(fixtureKey.suffix(6)))
      #expect(shown.utf8.count <= 65_536 + 200)
      #expect(shown.contains("… (\(body.count) bytes)"))
    }
  }

  @Test func controlCharactersAreShownAsWhatTheyAre() async throws {
    let shown = try await response(.json("{\"a\": \"\u{1B}[2J\u{202E}\u{9B}\r\n\tb\"}", [.server: "a\tb"]))
    #expect(shown.contains("\\u{1b}[2J\\u{202e}\\u{9b}\\u{d}\n\tb"))
  }

  @Test func anAnswerIsHandedOnWhileItArrives() async throws {
    let gate = Signal()
    let slow = StreamingTransport(gate: gate)
    let secrets = KnownSecrets()
    let client = CloudAPIClient(
      configuration: try .fixture(), transport: TracingTransport(slow, secrets: secrets, trace: traces.add),
      secrets: secrets)
    let records = Mutex(0)
    try await client.records(of: .getClouds) { some in
      records.withLock { $0 += some.count }
      // The second part is sent only after the first one was delivered.
      gate.send()
    }
    #expect(records.withLock { $0 } == 2)
    #expect(traces.all.map(\.response) == ["200\n\n[1,2]\n"])
  }
}

/// Responds with a list in two parts, the second when a gate is opened.
private struct StreamingTransport: Transport {
  let gate: Signal

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let body = ResponseBody {
      var parts = ["[1,", "2]"][...]
      return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        if parts.count == 1 { await gate.wait() }
        return parts.popFirst().map { Array($0.utf8) }
      }
    }
    return TransportResponse(head: HTTPResponse(status: .ok), body: body)
  }
}
