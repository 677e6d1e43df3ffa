import CloudSimulator
import HTTPTypes
import Testing

/// Cloud 3 of the demo runs extract (31) → gltf (32) → svg (33), preview (34), xkt (35).
@Suite("Processors")
struct ProcessorTests {
  private let simulator = Simulator.fixed(data: .demo)
  private let path = "/cloud/3/processor"

  @Test func aProcessorHasNoParentsUnlessItIsGivenSome() async {
    let merge = await simulator.exchange(.post, path, #"{"name":"merge"}"#)
    #expect(merge.status == 201)
    #expect(merge.text.hasSuffix(#""name":"merge","parent_processors":[]}"#))
    let export = await simulator.exchange(.post, path, #"{"name":"export","parent_processors":[35,"33",35]}"#)
    #expect(export.text.hasSuffix(#""name":"export","parent_processors":[33,35]}"#))
    #expect(await simulator.exchange(.get, "\(path)/\(export.id ?? 0)").text == export.text)
    #expect(await simulator.exchange(.get, path).text.hasSuffix("\(merge.text),\(export.text)]"))
  }

  @Test(arguments: [
    ("[9]", #"Invalid pk \"9\" - object does not exist."#),
    ("[31,\"9\"]", #"Invalid pk \"9\" - object does not exist."#),
    // A processor of cloud 1.
    ("[11]", #"Invalid pk \"11\" - object does not exist."#),
    ("[\"gltf\"]", "Incorrect type. Expected pk value, received str."),
    ("[true]", "Incorrect type. Expected pk value, received bool."),
    ("[null]", "Incorrect type. Expected pk value, received NoneType."),
    ("[[31]]", "Incorrect type. Expected pk value, received list."),
    ("31", #"Expected a list of items but got type \"int\"."#),
    ("\"31\"", #"Expected a list of items but got type \"str\"."#),
    ("null", "This field may not be null."),
  ])
  func parentsAreProcessorsOfThisCloud(parents: String, message: String) async {
    let answer = await simulator.exchange(.post, path, "{\"name\":\"x\",\"parent_processors\":\(parents)}")
    #expect(answer.status == 400)
    #expect(answer.text == "{\"parent_processors\":[\"\(message)\"]}")
  }

  @Test func aProcessorNeverRunsAfterItself() async {
    let own = await simulator.exchange(.patch, "\(path)/31", #"{"parent_processors":[31]}"#)
    #expect(own.status == 400)
    #expect(own.text == #"{"parent_processors":["A processor can't be its own parent."]}"#)
    let cycle = await simulator.exchange(.patch, "\(path)/31", #"{"parent_processors":[35]}"#)
    #expect(cycle.status == 400)
    #expect(cycle.text == #"{"parent_processors":["xkt can't be a parent: it runs after this processor."]}"#)
    // Two paths to one processor aren't a cycle.
    #expect(await simulator.exchange(.patch, "\(path)/35", #"{"parent_processors":[31,32,33]}"#).status == 200)
  }

  @Test func aNameHasFiftyCharactersAtMost() async {
    let longest = String(repeating: "x", count: 50)
    #expect(await simulator.exchange(.post, path, "{\"name\":\"\(longest)\"}").status == 201)
    let answer = await simulator.exchange(.post, path, "{\"name\":\"\(longest)x\",\"parent_processors\":[9]}")
    #expect(
      answer.text == """
        {"name":["Ensure this field has no more than 50 characters."],\
        "parent_processors":["Invalid pk \\"9\\" - object does not exist."]}
        """)
  }

  @Test func patchChangesOnlyWhatIsThere() async {
    let renamed = await simulator.exchange(.patch, "\(path)/32", #"{"name":"glb"}"#)
    #expect(renamed.text == #"{"id":32,"name":"glb","parent_processors":[31]}"#)
    let freed = await simulator.exchange(.patch, "\(path)/32", #"{"parent_processors":[]}"#)
    #expect(freed.text == #"{"id":32,"name":"glb","parent_processors":[]}"#)
  }

  @Test func putNeedsTheNameAndLeavesParentsThatItDoesNotName() async {
    #expect(await simulator.exchange(.put, "\(path)/32", "{}").text == #"{"name":["This field is required."]}"#)
    let put = await simulator.exchange(.put, "\(path)/32", #"{"name":"glb"}"#)
    #expect(put.text == #"{"id":32,"name":"glb","parent_processors":[31]}"#)
  }

  @Test func deletingAProcessorDetachesItsChildren() async {
    #expect(await simulator.exchange(.delete, "\(path)/32").status == 204)
    #expect(
      await simulator.exchange(.get, path).text == """
        [{"id":31,"name":"extract","parent_processors":[]},{"id":33,"name":"svg","parent_processors":[]},\
        {"id":34,"name":"preview","parent_processors":[]},{"id":35,"name":"xkt","parent_processors":[]}]
        """)
    #expect(await simulator.exchange(.delete, "\(path)/32").status == 404)
  }
}
