import CloudSimulator
import HTTPTypes
import Testing

@Suite("Scopes")
struct ScopeTests {
  private let simulator: Simulator

  init() throws {
    simulator = Simulator(
      access: Access(keys: [
        try AccessKey(parsing: "all"), try AccessKey(parsing: "reader:cloud:read"),
        try AccessKey(parsing: "inviter:org:manage"), try AccessKey(parsing: "manager:cloud:manage+cloud:read"),
        AccessKey("nothing", scopes: []),
      ]))
  }

  private static let forbidden = #"{"detail":"You do not have permission to perform this action."}"#

  private func status(_ key: String, _ method: HTTPRequest.Method, _ path: String) async -> Int {
    await simulator.exchange(method, path, "{}", authorization: "Bearer \(key)").status
  }

  /// The documented operations and the scope of each.
  private static let operations: [(HTTPRequest.Method, String, AccessScope?)] = [
    (.get, "/cloud", nil), (.post, "/cloud", .cloudManage), (.get, "/cloud/3", nil),
    (.patch, "/cloud/3", .cloudManage), (.put, "/cloud/3", .cloudManage), (.get, "/cloud/3/size", nil),
    (.post, "/cloud/3/create-demo", .cloudManage), (.get, "/cloud/3/user", .cloudRead),
    (.get, "/cloud/3/user/102", .cloudRead), (.patch, "/cloud/3/user/102", .cloudManage),
    (.put, "/cloud/3/user/102", .cloudManage), (.delete, "/cloud/3/user/102", .cloudManage),
    (.get, "/cloud/3/invitation", .organizationManage), (.post, "/cloud/3/invitation", .organizationManage),
    (.delete, "/cloud/3/invitation/31", .organizationManage), (.get, "/cloud/3/processor", nil),
    (.post, "/cloud/3/processor", nil), (.get, "/cloud/3/processor/31", nil), (.patch, "/cloud/3/processor/31", nil),
    (.put, "/cloud/3/processor/31", nil), (.delete, "/cloud/3/processor/35", nil), (.delete, "/cloud/3", .cloudManage),
  ]

  @Test func eachOperationTakesTheScopeThatIsDocumented() async {
    #expect(Self.operations.count == 22)
    for (method, path, scope) in Self.operations {
      let operation = Comment(rawValue: "\(method) \(path)")
      #expect(await (status("nothing", method, path) == 403) == (scope != nil), operation)
    }
    for (method, path, scope) in Self.operations {
      let operation = Comment(rawValue: "\(method) \(path)")
      #expect(
        await (status("reader", method, path) == 403) == (scope == .cloudManage || scope == .organizationManage),
        operation)
      #expect(
        await (status("inviter", method, path) == 403) == (scope == .cloudManage || scope == .cloudRead), operation)
      #expect(await (status("manager", method, path) == 403) == (scope == .organizationManage), operation)
      #expect(await status("all", method, path) != 403, operation)
    }
  }

  @Test func whatIsForbiddenIsSaidInTheFrameworksWordsAndNotDone() async {
    let answer = await simulator.exchange(.delete, "/cloud/3", authorization: "ApiKey reader")
    #expect(answer.status == 403)
    #expect(answer.text == Self.forbidden)
    #expect(await status("reader", .get, "/cloud/3") == 200)
    #expect(await status("reader", .delete, "/cloud/99") == 403)
    #expect(await status("reader", .delete, "/cloud/3/size") == 405)
    #expect(await status("stranger", .get, "/cloud") == 401)
  }

  @Test(arguments: [
    ("key:cloud:write", "there is no scope 'cloud:write'; the scopes are cloud:read, cloud:manage, org:manage"),
    ("key:", "there is no scope ''"), ("key:cloud:read+", "there is no scope ''"),
    ("", "a key is KEY or KEY:SCOPE+SCOPE"), (":cloud:read", "a key is KEY or KEY:SCOPE+SCOPE"),
    ("a key", "a key is KEY or KEY:SCOPE+SCOPE"),
  ])
  func aKeyThatIsWrittenWrongIsRefusedWithAReason(text: String, reason: String) throws {
    let error = try #require(throws: AccessError.self) { try AccessKey(parsing: text) }
    #expect(error.description.hasPrefix(reason))
  }

  @Test(arguments: ["id", "id:", ":secret", ""])
  func aClientHasAnIdAndASecret(text: String) throws {
    let error = try #require(throws: AccessError.self) { try AccessClient(parsing: text) }
    #expect(error.description == "a client is ID:SECRET or ID:SECRET:SCOPE+SCOPE")
  }
}
