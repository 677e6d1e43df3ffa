import CloudAPI
import HTTPTypes
import Synchronization
import Testing

/// A successful response is accepted if it describes the requested record.
@Suite(.timeLimit(.minutes(5))) struct AnswerCheckTests {
  /// A record of each kind, all with an id that nobody requests.
  private static let others = [
    #"{"id":7,"name":"Another","features":[],"creator":null}"#,
    #"{"id":7,"email":"b@x.example","firstname":"B","cloud_role":50}"#,
    #"{"id":7,"email":"b@x.example","redirect_uri":"https://x.example","role":100}"#,
    #"{"id":7,"name":"Another","parent_processors":[]}"#,
    #"[{"id":7,"name":"Another"}]"#, #""maintenance""#, "7", "null",
  ]

  private static let writes = Operation.allCases.filter(\.isWrite)

  @Test(arguments: others) func anAnswerAboutSomethingElseIsNoSuccess(answer: String) async throws {
    for operation in Self.writes {
      let transport = CountingTransport(ScriptedTransport(.json(answer)))
      let error = try await #require(throws: CloudAPIError.self, "\(operation)") {
        try await operation.use(.fixture(transport))
      }
      #expect(error.isOutcomeUnknown, "\(operation): \(error)")
      #expect(transport.forgottenCount == 1, "\(operation)")
    }
  }

  @Test func aRecordThatIsReadIsTheOneAskedFor() async throws {
    let transport = CountingTransport(ScriptedTransport(.json(#"{"id":7,"name":"Another"}"#)))
    let error = await #expect(throws: CloudAPIError.self) { try await client(transport).getCloud(3) }
    #expect(error?.code == .badResponse(reason: "it is about cloud 7, not 3"))
    #expect(transport.forgottenCount == 1)
  }

  @Test(arguments: [
    (#"{"id":3,"name":"Quay"}"#, true), (#"{"id":"3","name":"Quay"}"#, true), (#"{"id":3,"name":" Quay "}"#, true),
    (#"{"id":3,"name":"Before"}"#, false), (#"{"id":30,"name":"Quay"}"#, false),
  ])
  func anAnswerHoldsWhatWasSent(answer: String, isSuccess: Bool) async throws {
    let result = await outcome(of: .json(answer)) { try await $0.updateCloud(3, CloudPatch(name: "Quay")) }
    #expect((result == nil) == isSuccess, "\(String(describing: result))")
  }

  @Test(arguments: [
    (#"{"id":9,"cloud_role":100}"#, true), (#"{"id":9,"cloud_role":50}"#, false),
    (#"{"id":8,"cloud_role":100}"#, false),
  ])
  func anAnswerHoldsTheRoleThatWasSent(answer: String, isSuccess: Bool) async throws {
    let result = await outcome(of: .json(answer)) { try await $0.updateCloudUser(3, 9, UserCloudUpdate(role: .admin)) }
    #expect((result == nil) == isSuccess, "\(String(describing: result))")
  }

  /// Services change the case of addresses, and leave a pending invitation unchanged.
  @Test(arguments: [
    (#"{"id":1,"email":"A@X.example","redirect_uri":"https://x"}"#, true),
    (#"{"id":1,"email":"a@x.example","redirect_uri":"https://before"}"#, true),
    (#"{"id":1,"email":"b@x.example","redirect_uri":"https://x"}"#, false),
  ])
  func anInvitationIsTheOneOfItsAddress(answer: String, isSuccess: Bool) async throws {
    let draft = CloudInvitationDraft(email: "a@x.example", redirectURI: "https://x")
    let result = await outcome(of: .json(answer)) { try await $0.inviteCloudUser(3, draft) }
    #expect((result == nil) == isSuccess, "\(String(describing: result))")
  }

  @Test(arguments: ["[1,2]", "[2,1]", #"["1","2"]"#]) func parentsComeInAnyOrder(parents: String) async throws {
    let answer = ScriptedTransport.Step.json(#"{"id":5,"name":"svg","parent_processors":\#(parents)}"#)
    let draft = ProcessorDraft(name: "svg", parentProcessors: [1, 2])
    #expect(await outcome(of: answer) { try await $0.cloudProcessorCreate(3, draft) } == nil)
  }

  @Test(arguments: [204, 200, 202], [true, false])
  func whereAnEditIsAnsweredWithNothingTheRecordIsReadAndDecides(status: Int, isDone: Bool) async throws {
    let transport = ScriptedTransport(
      .empty(status: status), .json(#"{"id":3,"name":"\#(isDone ? "Quay" : "Before")"}"#))
    let client = try client(transport)
    if isDone {
      #expect(try await client.updateCloud(3, CloudPatch(name: "Quay")).name == "Quay")
    } else {
      let error = await #expect(throws: CloudAPIError.self) {
        try await client.updateCloud(3, CloudPatch(name: "Quay"))
      }
      #expect(error?.code == .outcomeUnknown(cause: .badResponse(reason: "the response is empty")))
    }
    #expect(transport.requests.map(\.head.method) == [.patch, .get])
    #expect(transport.requests.last?.head.path == "/cloud/3")
  }

  @Test func anEditAnsweredWithAnotherRecordIsReadAndDecided() async throws {
    let transport = ScriptedTransport(
      .json(#"{"id":7,"cloud_role":100}"#), .json(#"{"id":9,"email":"ada@x.example","cloud_role":100}"#))
    let user = try await client(transport).updateCloudUser(3, 9, UserCloudUpdate(role: .admin))
    #expect(user.id == 9 && user.email == "ada@x.example")
  }

  @Test(arguments: [
    (#"[{"id":1,"name":"Other"},{"id":2,"name":"Quay"}]"#, true), (#"[{"id":1,"name":"Other"}]"#, false),
    (#"[{"id":1,"name":"Quay"},{"id":2,"name":"Quay"}]"#, false),
  ])
  func whereACreationIsAnsweredWithNothingTheOnlyOneOfTheListThatFitsIsIt(list: String, isFound: Bool) async throws {
    let transport = ScriptedTransport(.empty(status: 201), .json(list))
    let client = try client(transport)
    if isFound {
      #expect(try await client.createCloud(CloudDraft(name: "Quay")).id == 2)
    } else {
      let error = await #expect(throws: CloudAPIError.self) { try await client.createCloud(CloudDraft(name: "Quay")) }
      #expect(error?.isOutcomeUnknown == true)
    }
    #expect(transport.requests.map(\.head.method) == [.post, .get])
  }

  @Test func anInvitationAnsweredWithNothingIsFoundByItsAddress() async throws {
    let transport = ScriptedTransport(
      .empty(status: 204), .json(#"[{"id":1,"email":"b@x.example"},{"id":2,"email":"a@x.example"}]"#))
    let draft = CloudInvitationDraft(email: "a@x.example", redirectURI: "https://x")
    #expect(try await client(transport).inviteCloudUser(3, draft).id == 2)
  }

  @Test(arguments: [
    (ScriptedTransport.Step.empty(status: 204), true), (.empty(status: 200), true), (.json(#"{"id":9}"#), true),
    (.json(#"{"detail":"Deleted."}"#), true), (.json(#"{"id":7}"#), false), (.json("[]"), false),
    (.answer(200, body: [Array("OK".utf8)]), false), (.html("<html></html>"), false),
  ])
  func aDeletionIsAnsweredWithNothingOrAboutItsRecord(step: ScriptedTransport.Step, isSuccess: Bool) async throws {
    let result = await outcome(of: step) { try await $0.deleteCloudUser(3, 9) }
    #expect((result == nil) == isSuccess, "\(String(describing: result))")
    if !isSuccess { #expect(result?.isOutcomeUnknown == true) }
  }

  /// A gateway's page tells nothing about the record.
  @Test(arguments: [
    (ScriptedTransport.Step.json(#"{"detail":"Not found."}"#, status: 404), true),
    (.html("<html><title>404 Not Found</title></html>", status: 404), false),
    (.answer(404, [.contentType: "text/plain"], body: [Array("404 page not found\n".utf8)]), false),
    (.empty(status: 404), false), (.json(#"{"message":"no Route matched with those values"}"#, status: 404), false),
  ])
  func aNotFoundIsBelievedInTheServicesOwnFormOnly(step: ScriptedTransport.Step, isBelieved: Bool) async throws {
    let read = await outcome(of: step) { try await $0.getCloud(3) }
    #expect(read?.code == (isBelieved ? .notFound : .rejected(status: 404)))
    for operation in Self.writes {
      let error = await outcome(of: step) { try await operation.use($0) }
      #expect(error?.code == (isBelieved ? .notFound : .outcomeUnknown(cause: .foreign(status: 404))), "\(operation)")
    }
  }

  private func client(_ transport: any Transport) throws -> CloudAPIClient {
    try .fixture(transport)
  }

  private func outcome<Value>(
    of step: ScriptedTransport.Step, _ use: (CloudAPIClient) async throws -> Value
  ) async -> CloudAPIError? {
    do {
      _ = try await use(client(ScriptedTransport(step)))
      return nil
    } catch {
      return error as? CloudAPIError
    }
  }
}

/// Counts calls of `forgetConnections`.
private final class CountingTransport: Transport {
  private let next: any Transport
  private let count = Mutex(0)

  init(_ next: any Transport) {
    self.next = next
  }

  var forgottenCount: Int { count.withLock { $0 } }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    try await next.send(request)
  }

  func forgetConnections() {
    count.withLock { $0 += 1 }
  }
}
