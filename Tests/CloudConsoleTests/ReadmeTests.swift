import CloudAPI
import FoundationEssentials
import Testing

@testable import CloudConsole

@Suite struct ReadmeTests {
  @Test func theReadmeShowsTheKeymapAsItIs() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = String(decoding: try Data(contentsOf: root.appending(path: "README.md")), as: UTF8.self)
    let start = try #require(readme.firstRange(of: "<!-- keymap -->\n"))
    let end = try #require(readme.firstRange(of: "<!-- end of keymap -->"))
    #expect(
      String(readme[start.upperBound..<end.lowerBound]) == Keymap.standard.markdown,
      "The README's table of keys is stale: put the output of `skydeck keys --markdown` between its markers.")
  }

  @Test func everyOperationOfTheAPIHasAKey() {
    let reached = Set(Keymap.standard.bindings.flatMap(\.operations))
    #expect(reached == Set(Operation.allCases.map(\.documentedName)))
  }
}
