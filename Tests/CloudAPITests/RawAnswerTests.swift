import CloudAPI
import HTTPTypes
import Synchronization
import Testing

/// The service's own JSON, unchanged.
@Suite struct RawAnswerTests {
  private func client(
    _ transport: ScriptedTransport, isReadOnly: Bool = false, edition: Edition = .classic
  ) throws -> CloudAPIClient {
    var configuration = try CloudAPIClient.Configuration.fixture("http://localhost")
    configuration.retry = .standard
    configuration.isReadOnly = isReadOnly
    configuration.edition = edition == .classic ? .classic : .current
    return CloudAPIClient(configuration: configuration, transport: transport, clock: SkippingClock(upTo: .seconds(1)))
  }

  @Test func aRecordKeepsEveryFieldThatTheServiceWrote() async throws {
    let client = try client(ScriptedTransport(.json("{ \"id\": 3, \"unheard_of\": 1.50, \"name\": null }")))
    #expect(try await client.json(of: .getCloud(3))?.description == "{\"id\":3,\"unheard_of\":1.50,\"name\":null}")
  }

  @Test func aDeletionHasNoJSON() async throws {
    let client = try client(ScriptedTransport(.empty(status: 204)))
    #expect(try await client.json(of: .deleteCloud(3)) == nil)
  }

  @Test func aListIsHandedOverRecordByRecord() async throws {
    let client = try client(ScriptedTransport(.json("[{\"id\": 1}, {\"id\": 2}]")))
    let found = Mutex<[String]>([])
    try await client.records(of: .getClouds) { records in
      found.withLock { $0 += records.map(\.description) }
    }
    #expect(found.withLock { $0 } == ["{\"id\":1}", "{\"id\":2}"])
  }

  @Test func aListThatFailsBeforeItsFirstRecordIsAskedForAgain() async throws {
    let transport = ScriptedTransport(.empty(status: 503), .json("[7]"))
    let client = try client(transport)
    let found = Mutex<[String]>([])
    try await client.records(of: .getClouds) { records in
      found.withLock { $0 += records.map(\.description) }
    }
    #expect(found.withLock { $0 } == ["7"])
    #expect(transport.requests.count == 2)
  }

  @Test func aReadOnlyClientSendsNoWrite() async throws {
    let transport = ScriptedTransport()
    let client = try client(transport, isReadOnly: true)
    await #expect {
      try await client.deleteCloud(3)
    } throws: {
      ($0 as? CloudAPIError)?.code == .readOnly
    }
    #expect(transport.requests.isEmpty)
  }

  @Test func theCurrentEditionPicksAUserFromTheListAndPatchesWhereTheClassicOnePuts() async throws {
    let list = "[{\"id\": 1, \"email\": \"a@b.c\"}, {\"id\": 12, \"email\": \"d@e.f\"}]"
    let transport = ScriptedTransport(.json(list), .json(list), .json("{\"id\":12,\"cloud_role\":100}"))
    let client = try client(transport, edition: .current)
    #expect(try await client.getCloudUser(3, 12).email == "d@e.f")
    await #expect {
      try await client.getCloudUser(3, 4)
    } throws: {
      ($0 as? CloudAPIError)?.code == .notFound
    }
    try await client.fullUpdateCloudUser(3, 12, UserCloudUpdate(role: .admin))
    let requests = transport.requests
    #expect(requests.map { "\($0.head.method) \($0.head.path ?? "")" }.first == "GET /cloud/3/user")
    #expect(requests.last?.head.method == .patch)
    #expect(requests.last.map { String(decoding: $0.body, as: UTF8.self) } == "{\"cloud_role\":100}")
  }

  @Test func whatAnEditionLacksIsSaidWithItsName() async throws {
    let transport = ScriptedTransport()
    let client = try client(transport, edition: .current)
    await #expect {
      _ = try await client.cloudProcessorList(3)
    } throws: {
      ($0 as? CloudAPIError)?.code == .unsupported(.current)
    }
    #expect(transport.requests.isEmpty)
  }

  @Test func aWebPageInPlaceOfAnAnswerDoesNotSayThatAnythingWasDeleted() async throws {
    let client = try client(ScriptedTransport(.html("<html><title>Sign in</title></html>")))
    await #expect {
      try await client.deleteCloud(3)
    } throws: {
      ($0 as? CloudAPIError)?.isOutcomeUnknown == true
    }
  }
}
