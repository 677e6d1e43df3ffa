import CloudAPI
import FoundationEssentials
import Testing

@testable import CloudConsole

/// The pages must list the keys as they are.
@Suite struct ReadmeTests {
  @Test func thePageShowsTheKeymapAsItIs() throws {
    let page = try Self.page("Sources/CloudConsole/README.md")
    let start = try #require(page.firstRange(of: "<!-- keymap -->\n"))
    let end = try #require(page.firstRange(of: "<!-- end of keymap -->"))
    #expect(
      String(page[start.upperBound..<end.lowerBound]) == Keymap.standard.markdown,
      "The page's table of keys is stale: put the output of `skydeck keys --markdown` between its markers.")
  }

  @Test func thePageShowsTheArgumentsOfThePaletteAsTheyAre() throws {
    let page = try Self.page("Sources/CloudConsole/README.md")
    let start = try #require(page.firstRange(of: "<!-- arguments -->\n"))
    let end = try #require(page.firstRange(of: "<!-- end of arguments -->"))
    #expect(String(page[start.upperBound..<end.lowerBound]) == Keymap.standard.argumentsMarkdown)
  }

  @Test func theTenKeysOfTheReadmeMeanSomething() throws {
    let head = "| key | what it does |\n|---|---|\n"
    let readme = try Self.page("README.md")
    let start = try #require(readme.firstRange(of: head)?.upperBound)
    let end = try #require(readme[start...].firstRange(of: "\n\n")?.lowerBound)
    let rows = readme[start..<end].split(separator: "\n")
    #expect(rows.count == 10)
    let titles = Set(Keymap.standard.bindings.flatMap(\.keys).map(\.title))
    for key in rows.joined().matches(of: /`([^`]+)`/).map(\.output.1) {
      #expect(titles.contains(String(key)), "\(key)")
    }
  }

  @Test func everyOperationOfTheAPIHasAKey() {
    let reached = Set(Keymap.standard.bindings.flatMap(\.operations))
    #expect(reached == Set(Operation.allCases.map(\.documentedName)))
  }

  private static func page(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }
}
