import CloudAPI
import FoundationEssentials
import HTTPTypes
import Testing

/// The meaning of each failure for a read and for a write.
@Suite struct ErrorMappingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let step: ScriptedTransport.Step
    let read: CloudAPIError.Code
    let write: CloudAPIError.Code
    var detail: String?

    /// - Parameter write: `nil` if it is the same as for a read.
    init(
      _ name: String, _ step: ScriptedTransport.Step, _ read: CloudAPIError.Code, write: CloudAPIError.Code? = nil,
      detail: String? = nil
    ) {
      self.name = name
      self.step = step
      self.read = read
      self.write = write ?? read
      self.detail = detail
    }

    var testDescription: String { name }
  }

  private static let page = "<html><head><title>502 Bad Gateway</title></head></html>"
  private static let throttled = #"{"detail": "Request was throttled. Expected available in 12 seconds."}"#

  static let rows = [
    Row("401", .json(#"{"detail": "Invalid token."}"#, status: 401), .unauthorized, detail: "Invalid token."),
    Row("402", .json(#"{"detail": "One free cloud."}"#, status: 402), .paymentRequired, detail: "One free cloud."),
    Row(
      "403 names the documented scope", .json("{}", status: 403), .forbidden(scope: nil),
      write: .forbidden(scope: "cloud:manage")),
    Row("404", .json(#"{"detail": "Not found."}"#, status: 404), .notFound, detail: "Not found."),
    // From a gateway, not in the service's own form.
    Row(
      "404 as a page", .html("<title>404 Not Found</title>", status: 404), .rejected(status: 404),
      write: .outcomeUnknown(cause: .foreign(status: 404)), detail: "404 Not Found"),
    Row("409", .empty(status: 409), .conflict),
    Row("405", .empty(status: 405), .rejected(status: 405)),
    Row("400 as a page", .html("<h1>Bad Request</h1>", status: 400), .rejected(status: 400)),
    Row("400 that says nothing", .json("{}", status: 400), .rejected(status: 400)),
    Row("429", .empty(status: 429), .rateLimited(until: nil)),
    Row(
      "429 with seconds", .empty(status: 429, [.retryAfter: "30"]), .rateLimited(until: fixtureNow + 30)),
    Row(
      "429 with a date", .empty(status: 429, [.retryAfter: "Fri, 02 Jan 2026 03:05:05 GMT"]),
      .rateLimited(until: fixtureNow + 60)),
    Row(
      "429 with a date that has passed", .empty(status: 429, [.retryAfter: "Thu, 01 Jan 2026 00:00:00 GMT"]),
      .rateLimited(until: fixtureNow)),
    Row("429 with nonsense", .empty(status: 429, [.retryAfter: "soon"]), .rateLimited(until: nil)),
    Row(
      "429 in words", .json(throttled, status: 429), .rateLimited(until: fixtureNow + 12),
      detail: "Request was throttled. Expected available in 12 seconds."),
    Row(
      "503 that is a rate limit", .json(throttled, status: 503), .rateLimited(until: fixtureNow + 12),
      detail: "Request was throttled. Expected available in 12 seconds."),
    Row("500", .empty(status: 500), .server(status: 500), write: .outcomeUnknown(cause: .server(status: 500))),
    Row(
      "502 as a page", .html(page, status: 502), .server(status: 502),
      write: .outcomeUnknown(cause: .server(status: 502)), detail: "502 Bad Gateway"),
    Row("503", .empty(status: 503), .server(status: 503), write: .outcomeUnknown(cause: .server(status: 503))),
    Row(
      "302 of a write, 304 of a read", .empty(status: 304, [.location: "https://u:p@x.example/a?token=1#f"]),
      .unexpectedRedirect(location: "https://x.example/a")),
    Row("a redirect to nowhere", .empty(status: 301), .unexpectedRedirect(location: "")),
    Row("not connected", .failure(.notConnected(reason: "refused")), .unreachable(reason: "refused")),
    Row(
      "connection lost", .failure(.connectionLost(reason: "reset")), .unreachable(reason: "reset"),
      write: .outcomeUnknown(cause: .connectionLost(reason: "reset"))),
    Row("timed out", .failure(.timedOut), .timedOut, write: .outcomeUnknown(cause: .timedOut)),
    Row("cancelled", .failure(.cancelled), .cancelled, write: .outcomeUnknown(cause: .cancelled)),
    Row(
      "connection lost in the body", .answer(200, body: [Array("{".utf8)], failure: .connectionLost(reason: "reset")),
      .unreachable(reason: "reset"), write: .outcomeUnknown(cause: .connectionLost(reason: "reset"))),
    Row(
      "connection lost in the body of an error",
      .answer(409, body: [Array("{".utf8)], failure: .connectionLost(reason: "reset")), .conflict),
    Row(
      "done, and unreadable", .json("[]"), .badResponse(reason: "cloud is a list, not an object"),
      write: .outcomeUnknown(cause: .badResponse(reason: "cloud is a list, not an object"))),
    Row(
      "done, and nothing said", .empty(status: 204), .badResponse(reason: "the response is empty"),
      write: .outcomeUnknown(cause: .badResponse(reason: "the response is empty"))),
  ]

  @Test(arguments: [
    (CloudAPIError.Code.server(status: 502), "502 Bad Gateway", "Server error (HTTP 502): Bad Gateway."),
    (.server(status: 502), "no route to host", "Server error (HTTP 502): no route to host."),
    (.server(status: 500), "502 Bad Gateway", "Server error (HTTP 500): 502 Bad Gateway."),
    (
      .rejected(status: 405), "405 Method Not Allowed",
      "The service refused the request (HTTP 405): Method Not Allowed."
    ),
    (
      .outcomeUnknown(cause: .server(status: 502)), "502 Bad Gateway",
      "It is unknown whether this was done: server error (HTTP 502) (Bad Gateway)."
    ),
  ])
  func theStatusIsSaidOnce(code: CloudAPIError.Code, detail: String, message: String) {
    #expect(CloudAPIError(code, request: "GET /cloud", detail: detail).message == message)
  }

  @Test(arguments: rows) func aFailureIsMappedForReads(row: Row) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(row.step))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(1) }
    #expect(error == CloudAPIError(row.read, request: "GET /cloud/1", detail: row.detail))
    #expect(!error.isOutcomeUnknown)
  }

  @Test(arguments: rows) func aFailureIsMappedForWrites(row: Row) async throws {
    let transport = ScriptedTransport(row.step)
    let client = try CloudAPIClient.fixture(transport, retry: .standard)
    let error = try await #require(throws: CloudAPIError.self) { try await client.updateCloud(1, CloudPatch()) }
    #expect(error == CloudAPIError(row.write, request: "PATCH /cloud/1", detail: row.detail))
    // If the write was carried out, the record is read.
    #expect(transport.requests.count { $0.head.method != .get } == 1)
  }

  @Test(arguments: [
    "Sun, 06 Nov 99999999999999999 08:49:37 GMT", "Sun, 06 Nov 9223372036854775807 08:49:37 GMT",
    "Sun, 06 Nov -9223372036854775808 08:49:37 GMT", "Sun, 06 Nov 10000 08:49:37 GMT",
    "Sun, 06 Nov 0 08:49:37 GMT", "Sun, 9223372036854775807 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 9223372036854775807:9223372036854775807:9223372036854775807 GMT",
    "Sun, 06 Nov 1994 -1:-1:-1 GMT", "99999999999999999999", "-9223372036854775808", "-1", "1e400", "nan",
  ])
  func aRetryAfterThatNoCalendarHasSaysNothing(retryAfter: String) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(.empty(status: 429, [.retryAfter: retryAfter])))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .rateLimited(until: nil))
  }

  @Test(arguments: ["9223372036854775807", "31536001", "Fri, 31 Dec 9999 23:59:60 GMT"])
  func noServiceAsksForMoreThanAYear(retryAfter: String) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(.empty(status: 429, [.retryAfter: retryAfter])))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .rateLimited(until: fixtureNow + 365 * 86_400))
  }

  @Test(arguments: [("99999999999999999999999", nil), ("9223372036854775807", fixtureNow + 86_400), ("-5", nil)])
  func aThrottledTimeInWordsIsBounded(seconds: String, until: Date?) async throws {
    let body = #"{"detail": "Request was throttled. Expected available in \#(seconds) seconds."}"#
    let client = try CloudAPIClient.fixture(ScriptedTransport(.json(body, status: 429)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .rateLimited(until: until))
  }

  @Test(arguments: [
    (
      #"{"name": ["This field may not be blank.", "b"], "email": "c"}"#,
      ["name": ["This field may not be blank.", "b"], "email": ["c"]]
    ),
    (
      #"{"already_exists": "This user is already a member of Quay"}"#,
      ["already_exists": ["This user is already a member of Quay"]]
    ),
    (#"{"non_field_errors": ["a"], "detail": "b"}"#, ["": ["b", "a"]]),
    (#"{"detail": "JSON parse error"}"#, ["": ["JSON parse error"]]),
    (#"["a", "b"]"#, ["": ["a", "b"]]),
    (#""a""#, ["": ["a"]]),
    (
      #"{"features": [{}, {"name": ["a"]}], "creator": {"email": ["b"]}, "count": 3}"#,
      ["features[1].name": ["a"], "creator.email": ["b"]]
    ),
  ])
  func whatA400SaysIsKeptByField(body: String, fields: [String: [String]]) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(.json(body, status: 400)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.createCloud(CloudDraft(name: "")) }
    #expect(error.code == .validation(fields: fields))
  }

  @Test(arguments: [
    (#"{"detail": "a", "code": "token_not_valid"}"#, "a"),
    (#"{"error": "invalid_token", "error_description": "Token expired"}"#, "Token expired"),
    (#"{"message": "b"}"#, "b"), (#"{"name": ["x", "y"]}"#, "name: x y"), ("gibberish", nil), ("3", nil),
  ])
  func whatTheServiceSaysIsFound(body: String, detail: String?) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(.json(body, status: 403)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloudUsers(1) }
    #expect(error.code == .forbidden(scope: "cloud:read"))
    #expect(error.detail == detail)
  }

  @Test(arguments: [
    ("text/plain", "Not from\n this network.\n", "Not from this network."),
    ("text/plain; charset=utf-8", "Zutritt verweigert: ä", "Zutritt verweigert: ä"),
    (nil, "Access denied", "Access denied"),
    (nil, "\u{1}\0\u{2}", nil), ("application/octet-stream", "Access denied", nil), ("text/plain", " \n", nil),
    ("application/problem+json", #"{"type": "about:blank", "title": "Forbidden", "status": 403}"#, "Forbidden"),
    (
      "application/problem+json",
      #"{"type": "https://p.example/ip", "title": "Forbidden", "detail": "Not from 10.0.0.1."}"#,
      "Not from 10.0.0.1."
    ), ("text/html", "<title>Blocked</title>", "Blocked"),
  ])
  func aRefusalsOwnTextIsShownBesideTheAdvice(mediaType: String?, body: String, detail: String?) async throws {
    let fields: HTTPFields = mediaType.map { [.contentType: $0] } ?? [:]
    let client = try CloudAPIClient.fixture(ScriptedTransport(.answer(403, fields, body: [Array(body.utf8)])))
    let error = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
    #expect(error.detail == detail)
    #expect(error.advice == "Use a key with the scope cloud:manage.")
  }

  @Test func aProblemIsAboutTheFieldsThatItNamesAndNotAboutItsOwnMembers() async throws {
    let body = #"{"type": "about:blank", "title": "Bad", "status": 400, "instance": "/x", "name": ["Too long."]}"#
    let step = ScriptedTransport.Step.answer(
      400, [.contentType: "application/problem+json"], body: [Array(body.utf8)])
    let client = try CloudAPIClient.fixture(ScriptedTransport(step))
    let error = try await #require(throws: CloudAPIError.self) { try await client.createCloud(CloudDraft(name: "x")) }
    #expect(error.code == .validation(fields: ["name": ["Too long."]]))
  }

  @Test func aCompressedAnswerThatNobodyAskedForIsSaidToBeOne() async throws {
    let transport = ScriptedTransport(.answer(200, [.contentEncoding: "gzip"], body: [[0x1F, 0x8B]]))
    let error = try await #require(throws: CloudAPIError.self) {
      try await CloudAPIClient.fixture(transport).getClouds()
    }
    #expect(error.code == .badResponse(reason: "the response is compressed (gzip), which was not requested"))
    #expect(transport.requests.first?.head.headerFields[.acceptEncoding] == "identity")
  }

  @Test func whatTheServiceSaysIsCutToALengthThatCanBeShown() async throws {
    let long = String(repeating: "x", count: 10_000)
    let client = try CloudAPIClient.fixture(ScriptedTransport(.json(#"{"detail": "\#(long)"}"#, status: 404)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(1) }
    #expect(error.detail?.count == 500)
  }

  @Test(arguments: [200, 202, 204]) func aDeleteNeedsNothingButAStatusOfSuccess(status: Int) async throws {
    let lost = TransportError.connectionLost(reason: "reset")
    let transport = ScriptedTransport(.answer(status, body: [Array("{\"deta".utf8)], failure: lost))
    try await CloudAPIClient.fixture(transport).deleteCloud(1)
    #expect(transport.requests.count == 1)
  }

  @Test func everyErrorSaysWhatHappenedInOneSentence() {
    for row in Self.rows {
      for code in [row.read, row.write] {
        let message = CloudAPIError(code, request: "GET /cloud", detail: row.detail).message
        #expect(message.last == ".", "\(message)")
        #expect(!message.contains(".."), "\(message)")
      }
    }
    let validation = CloudAPIError(
      .validation(fields: ["name": ["This field may not be blank."], "": ["Sorry."]]), request: "POST /cloud")
    #expect(validation.message == "The service rejected the input: Sorry.; name: This field may not be blank.")
    let unauthorized = CloudAPIError(.unauthorized, request: "GET /cloud", detail: "Invalid token.")
    #expect(
      unauthorized.description == "GET /cloud: Sign-in failed: the API key is invalid or expired (Invalid token).")
    #expect(unauthorized.advice == "Check the key: it is missing, wrong or expired.")
    #expect(CloudAPIError(.forbidden(scope: "org:manage"), request: "").advice?.contains("org:manage") == true)
  }
}
