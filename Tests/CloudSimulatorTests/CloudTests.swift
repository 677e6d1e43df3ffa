import CloudSimulator
import HTTPTypes
import Testing

@Suite("Clouds")
struct CloudTests {
  private let simulator = Simulator.fixed()

  @Test func aCreatedCloudIsEmptyAndHasNoCreator() async {
    let created = await simulator.exchange(.post, "/cloud", #"{"name":"Quai 5"}"#)
    #expect(created.status == 201)
    #expect(
      created.text == """
        {"id":1,"name":"Quai 5","features":[],"creator":null,"is_default":false,\
        "created_at":"2019-05-23T13:07:17.123456Z","updated_at":"2019-05-23T13:07:17.123456Z"}
        """)
    #expect(await simulator.exchange(.get, "/cloud/1").text == created.text)
    #expect(await simulator.exchange(.get, "/cloud").text == "[\(created.text)]")
    #expect(await simulator.exchange(.get, "/cloud/1/size").text == "0")
    #expect(await simulator.exchange(.get, "/cloud/1/user").text == "[]")
  }

  @Test(arguments: [
    ("{}", "This field is required."),
    (#"{"name":null}"#, "This field may not be null."),
    (#"{"name":""}"#, "This field may not be blank."),
    (#"{"name":" \t\u00a0\u001f"}"#, "This field may not be blank."),
    (#"{"name":true}"#, "Not a valid string."),
    (#"{"name":[]}"#, "Not a valid string."),
    (#"{"name":{}}"#, "Not a valid string."),
    (#"{"name":"a\u0000b"}"#, "Null characters are not allowed."),
  ])
  func aNameThatIsNoNameIsRefused(body: String, message: String) async {
    let answer = await simulator.exchange(.post, "/cloud", body)
    #expect(answer.status == 400)
    #expect(answer.text == "{\"name\":[\"\(message)\"]}")
    #expect(await simulator.exchange(.get, "/cloud").text == "[]")
  }

  @Test func aNameHas256CharactersAtMostCountedAsPythonDoesAfterTrimming() async {
    // Two scalars make one visible character.
    let longest = String(repeating: "e\u{301}", count: 128)
    #expect(await simulator.exchange(.post, "/cloud", "{\"name\":\" \(longest) \"}").status == 201)
    let answer = await simulator.exchange(.post, "/cloud", "{\"name\":\"\(longest)x\"}")
    #expect(answer.status == 400)
    #expect(answer.text == #"{"name":["Ensure this field has no more than 256 characters."]}"#)
  }

  @Test func aNumberIsTakenForAName() async {
    #expect(await simulator.exchange(.post, "/cloud", #"{"name":2018}"#).text.contains(#""name":"2018""#))
    #expect(await simulator.exchange(.post, "/cloud", #"{"name":1.50}"#).text.contains(#""name":"1.5""#))
  }

  @Test func patchChangesOnlyWhatIsThereAndNeverWhatIsReadOnly() async {
    _ = await simulator.exchange(.post, "/cloud", #"{"name":"Quai 5"}"#)
    let body = #"{"id":7,"is_default":true,"creator":{"id":1},"created_at":null,"unknown":1}"#
    let patched = await simulator.exchange(.patch, "/cloud/1", body)
    #expect(patched.status == 200)
    #expect(patched.text.hasPrefix(#"{"id":1,"name":"Quai 5","features":[],"creator":null,"is_default":false,"#))
    #expect(await simulator.exchange(.patch, "/cloud/1", #"{"name":"Quai 6"}"#).text.contains("Quai 6"))
    #expect(await simulator.exchange(.get, "/cloud/1").text.contains("Quai 6"))
  }

  @Test func putNeedsTheWholeRecord() async {
    _ = await simulator.exchange(.post, "/cloud", #"{"name":"Quai 5"}"#)
    #expect(await simulator.exchange(.put, "/cloud/1", "{}").text == #"{"name":["This field is required."]}"#)
    #expect(await simulator.exchange(.put, "/cloud/1", #"{"name":"Quai 6"}"#).status == 200)
  }

  @Test func aDeletedCloudIsGoneWithAllThatIsInIt() async {
    let demo = Simulator.fixed(data: .demo)
    let deleted = await demo.exchange(.delete, "/cloud/3")
    #expect(deleted.status == 204)
    #expect(deleted.text.isEmpty)
    for path in ["/cloud/3", "/cloud/3/size", "/cloud/3/user", "/cloud/3/invitation", "/cloud/3/processor"] {
      #expect(await demo.exchange(.get, path).status == 404)
    }
    #expect(await demo.exchange(.delete, "/cloud/3").status == 404)
  }

  @Test func anIdIsNeverGivenTwice() async {
    _ = await simulator.exchange(.post, "/cloud", #"{"name":"A"}"#)
    _ = await simulator.exchange(.delete, "/cloud/1")
    #expect(await simulator.exchange(.post, "/cloud", #"{"name":"B"}"#).id == 2)
  }

  @Test func createDemoAddsAProjectAndItsBytes() async {
    let cloud = await simulator.exchange(.post, "/cloud", #"{"name":"Quai 5"}"#).text
    let project = await simulator.exchange(.post, "/cloud/1/create-demo")
    #expect(project.status == 200)
    #expect(
      project.text == """
        {"id":1,"logo":null,"cloud":\(cloud),"name":"Demo","status":"A","created_at":"2019-05-23T13:07:17.123456Z",\
        "updated_at":"2019-05-23T13:07:17.123456Z","parent_id":null,"root_folder_id":"1"}
        """)
    _ = await simulator.exchange(.post, "/cloud/1/create-demo")
    let size = await simulator.exchange(.get, "/cloud/1/size")
    #expect(size.text == String(2 * Simulator.demoProjectSize))
    #expect(size.fields[.contentType] == "application/json")
  }
}
