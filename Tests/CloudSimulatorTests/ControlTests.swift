import CloudSimulator
import HTTPTypes
import Testing

@Suite("Questions about the simulator itself")
struct ControlTests {
  private let simulator = Simulator.fixed(data: .demo, key: "hidden")

  private func ask(_ method: HTTPRequest.Method, _ path: String) async -> String? {
    let answer = await simulator.controlResponse(to: request(method, path, authorization: nil))
    return answer.map { "\($0.status.code) \(String(decoding: $0.body, as: UTF8.self))" }
  }

  @Test func requestsAreListedWithoutTheirKeys() async {
    _ = await simulator.exchange(.get, "/cloud/7/size?x=1", authorization: "bearer hidden")
    _ = await simulator.exchange(.delete, "/cloud/7", authorization: "hidden")
    _ = await simulator.exchange(.delete, "/cloud/7", authorization: "Token hidden")
    await simulator.setFaults { _ in .connectionLost(carriedOut: true) }
    _ = await simulator.exchange(.delete, "/cloud/6", authorization: "ApiKey hidden")
    #expect(
      await ask(.get, "/_simulator/requests") == """
        200 [{"method":"GET","path":"/cloud/7/size","status":200,"applied":true,"authorization_scheme":"Bearer"},\
        {"method":"DELETE","path":"/cloud/7","status":204,"applied":true,"authorization_scheme":"raw"},\
        {"method":"DELETE","path":"/cloud/7","status":401,"applied":false,"authorization_scheme":"other"},\
        {"method":"DELETE","path":"/cloud/6","status":null,"applied":true,"authorization_scheme":"ApiKey"}]
        """)
  }

  @Test func eMailsAreCountedByCloudAndAddress() async {
    let body = #"{"email":"A@b.example","redirect_uri":"https://c.example"}"#
    for _ in 0..<2 { _ = await simulator.exchange(.post, "/cloud/6/invitation", body, authorization: "hidden") }
    #expect(await ask(.get, "/_simulator/emails") == #"200 [{"cloud":6,"email":"a@b.example","count":2}]"#)
  }

  @Test func tokensAreCountedAndRevoked() async {
    #expect(await ask(.get, "/_simulator/tokens") == #"200 {"issued":0}"#)
    #expect(await ask(.delete, "/_simulator/tokens") == "204 ")
  }

  @Test func whatIsNoSuchQuestionIsForTheAPI() async {
    #expect(await ask(.get, "/cloud") == nil)
    #expect(await ask(.post, "/_simulator/requests") == nil)
    #expect(await simulator.exchange(.get, "/_simulator/requests").status == 404)
    #expect(await simulator.requests.count == 1)
  }
}
