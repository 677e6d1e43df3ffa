import CloudSimulator
import HTTPTypes
import Testing

@Suite("Paths and methods")
struct RoutingTests {
  private let simulator = Simulator.fixed(data: .demo)

  @Test(arguments: [
    "/", "/cloud/", "/cloud/3/", "/cloud/3/user/", "/cloud/3/user/101/", "/cloud//user", "/clouds", "/cloud/3/users",
    "/cloud/3/size/1", "/cloud/3.0", "cloud", "/api/cloud",
  ])
  func aPathThatNoOperationHasIsDjangosPageOf404(path: String) async {
    let answer = await simulator.exchange(.get, path)
    #expect(answer.status == 404)
    #expect(answer.fields[.contentType] == "text/html")
    #expect(answer.text.contains("The requested resource was not found on this server."))
  }

  @Test(arguments: [
    "/cloud/99", "/cloud/abc", "/cloud/99/size", "/cloud/99/user", "/cloud/3/user/1", "/cloud/3/user/abc",
    "/cloud/14/user/102", "/cloud/99/invitation", "/cloud/99/processor", "/cloud/3/processor/11",
  ])
  func aRecordThatIsNotThereIsNotFound(path: String) async {
    let answer = await simulator.exchange(.get, path)
    #expect(answer.status == 404)
    #expect(answer.text == #"{"detail":"Not found."}"#)
  }

  @Test(arguments: [
    (HTTPRequest.Method.put, "/cloud", "GET, POST, HEAD"),
    (.post, "/cloud/3", "GET, PUT, PATCH, DELETE, HEAD"),
    (.post, "/cloud/3/size", "GET, HEAD"),
    (.get, "/cloud/3/create-demo", "POST"),
    (.post, "/cloud/3/user", "GET, HEAD"),
    (.post, "/cloud/3/user/101", "GET, PUT, PATCH, DELETE, HEAD"),
    (.put, "/cloud/3/invitation", "GET, POST, HEAD"),
    (.get, "/cloud/3/invitation/31", "DELETE"),
    (.delete, "/cloud/3/processor", "GET, POST, HEAD"),
    (.post, "/cloud/3/processor/31", "GET, PUT, PATCH, DELETE, HEAD"),
  ])
  func aMethodThatAPathDoesNotTakeIsRefusedWithThoseItTakes(
    method: HTTPRequest.Method, path: String, allowed: String
  ) async {
    let answer = await simulator.exchange(method, path)
    #expect(answer.status == 405)
    #expect(answer.text == #"{"detail":"Method \"\#(method.rawValue)\" not allowed."}"#)
    #expect(answer.fields[.allow] == allowed)
  }

  @Test func headIsGetWithoutTheBody() async {
    let get = await simulator.exchange(.get, "/cloud/3/user")
    let head = await simulator.exchange(.head, "/cloud/3/user")
    #expect(head.status == 200)
    #expect(head.text.isEmpty)
    #expect(head.fields == get.fields)
    #expect(head.fields[.contentLength] == String(get.text.utf8.count))
  }

  @Test func aQueryChangesNothing() async {
    let plain = await simulator.exchange(.get, "/cloud/3")
    #expect(await simulator.exchange(.get, "/cloud/3?page=2&x=/").text == plain.text)
  }

  @Test func requestsAreRecordedAndCountedWithTheirStatus() async {
    _ = await simulator.exchange(.get, "/cloud/3?x=1")
    _ = await simulator.exchange(.get, "/cloud/3")
    _ = await simulator.exchange(.delete, "/cloud/99")

    #expect(await simulator.requestCount(.get, "/cloud/3") == 2)
    #expect(await simulator.requestCount(.delete, "/cloud/3") == 0)
    #expect(
      await simulator.requests.map { "\($0.method) \($0.path) \($0.status?.code ?? 0)" } == [
        "GET /cloud/3 200", "GET /cloud/3 200", "DELETE /cloud/99 404",
      ])
  }
}
