import CloudSimulator
import HTTPTypes
import Testing

@Suite("Bodies")
struct RequestBodyTests {
  private let simulator = Simulator.fixed()

  /// Structural errors have the words of Python 3.11's `json` module.
  @Test(arguments: [
    (" ", "Expecting value: line 1 column 2 (char 1)"),
    ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ("{\"name\": \"a\",}", "Expecting property name enclosed in double quotes: line 1 column 14 (char 13)"),
    ("{'name': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ("{\"name\" 1}", "Expecting ':' delimiter: line 1 column 9 (char 8)"),
    ("{\"name\": }", "Expecting value: line 1 column 10 (char 9)"),
    ("{\"name\": 1 2}", "Expecting ',' delimiter: line 1 column 12 (char 11)"),
    ("{\n  \"é\": tru}", "Expecting value: line 2 column 8 (char 9)"),
    ("[1, ]", "Expecting value: line 1 column 5 (char 4)"),
    ("[01]", "Expecting value: line 1 column 2 (char 1)"), ("[1.]", "Expecting value: line 1 column 2 (char 1)"),
    ("-", "Expecting value: line 1 column 1 (char 0)"),
    ("{} {}", "Extra data: line 1 column 4 (char 3)"),
    ("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
    ("\"a\tb\"", "Invalid control character at: line 1 column 3 (char 2)"),
    ("\"\\x\"", "Invalid \\escape in string starting at: line 1 column 1 (char 0)"),
    ("\"\\u12g4\"", "Invalid \\escape in string starting at: line 1 column 1 (char 0)"),
    ("\"\\ud83d\"", "Invalid \\escape in string starting at: line 1 column 1 (char 0)"),
    ("\"a\\", "Unterminated string starting at: line 1 column 1 (char 0)"),
    ("{\"name\": NaN}", "Expecting value: line 1 column 10 (char 9)"),
    ("{\"name\": -Infinity}", "Expecting value: line 1 column 10 (char 9)"),
    ("{/**/}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ("\u{FEFF}{}", "Expecting value: line 1 column 1 (char 0)"),
    ("{\0}\0", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    (String(repeating: "[", count: 100_000), "maximum recursion depth exceeded"),
  ])
  func whatIsNoJSONIsRefusedWithItsPlace(body: String, problem: String) async throws {
    let answer = await simulator.exchange(.post, "/cloud", body)
    #expect(answer.status == 400)
    let escaped = problem.replacing("\\", with: "\\\\")
    #expect(answer.text == "{\"detail\":\"JSON parse error - \(escaped)\"}")
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xE2, 0x82], [0xFF, 0xFE, 0x7B, 0, 0x7D, 0],
    ] as [[UInt8]])
  func bytesThatAreNoUTF8AreRefused(bytes: [UInt8]) async {
    let head = request(.post, "/cloud", contentType: "application/json")
    let response = await simulator.respond(to: head, body: bytes)
    #expect(response.status == .badRequest)
    #expect(String(decoding: response.body, as: UTF8.self) == #"{"detail":"JSON parse error - invalid UTF-8"}"#)
  }

  @Test func theLastMemberOfANameCounts() async {
    let answer = await simulator.exchange(.post, "/cloud", #"{"name":"A","name":"B"}"#)
    #expect(answer.text.contains(#""name":"B""#))
  }

  @Test(arguments: [
    ("[]", "Invalid data. Expected a dictionary, but got list."),
    ("\"name\"", "Invalid data. Expected a dictionary, but got str."),
    ("1.5", "Invalid data. Expected a dictionary, but got float."),
    ("12345678901234567890", "Invalid data. Expected a dictionary, but got int."),
    ("true", "Invalid data. Expected a dictionary, but got bool."),
    ("null", "No data provided"),
  ])
  func aBodyThatIsNoObjectIsAnErrorOfNoField(body: String, message: String) async {
    let answer = await simulator.exchange(.post, "/cloud", body)
    #expect(answer.status == 400)
    #expect(answer.text == "{\"non_field_errors\":[\"\(message)\"]}")
  }

  @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", ""])
  func anotherMediaTypeIsUnsupported(type: String) async {
    let answer = await simulator.exchange(.post, "/cloud", "{\"name\":\"A\"}", contentType: type)
    #expect(answer.status == 415)
    #expect(answer.text == #"{"detail":"Unsupported media type \"\#(type)\" in request."}"#)
  }

  @Test func aCharacterSetDoesNotChangeTheMediaType() async {
    let type = "application/json; charset=utf-8"
    #expect(await simulator.exchange(.post, "/cloud", "{\"name\":\"A\"}", contentType: type).status == 201)
  }

  @Test func noBodyAtAllIsAnEmptyObjectOfAnyType() async {
    let head = request(.post, "/cloud", contentType: "text/plain")
    let response = await simulator.respond(to: head, body: [])
    #expect(String(decoding: response.body, as: UTF8.self) == #"{"name":["This field is required."]}"#)
  }

  @Test func theTargetIsLookedForBeforeTheBodyIsRead() async {
    #expect(await simulator.exchange(.patch, "/cloud/99", "{", contentType: "text/plain").status == 404)
  }

  @Test func whatWasWrittenComesBackAsTheSameText() async {
    let body = #"{"name":"q\" b\\ s\/ n\n é\u00e9 \ud83d\ude80 \u2028 \u0001 end"}"#
    let created = await simulator.exchange(.post, "/cloud", body)
    #expect(created.status == 201)
    #expect(created.text.contains(#""name":"q\" b\\ s/ n\n éé 🚀 \u2028 \u0001 end","#))
  }
}
