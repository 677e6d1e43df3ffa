import FoundationEssentials
import Testing

@testable import CloudCommands

/// Tests of the README and the reference pages.
@Suite struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func page(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func pages() throws -> [String] {
    let sources = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "Sources").path)
    return ["README.md"] + sources.filter { $0.hasSuffix("README.md") }.map { "Sources/\($0)" }
  }

  @Test func thePageOfCommandsHoldsTheExitStatusesAsTheyAre() throws {
    let rows = ExitStatus.allCases.map { "| \($0.rawValue) | \($0.meaning) |\n" }.joined()
    #expect(try Self.page("Sources/CloudCommands/README.md").contains("| status | meaning |\n|---|---|\n" + rows))
  }

  @Test func theReadmeIsShort() throws {
    #expect(try Self.page("README.md").split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
  }

  @Test func everyLinkLeadsToAFileAndAHeadingOfIt() throws {
    for path in try Self.pages() {
      let folder = Self.root.appending(path: path).deletingLastPathComponent()
      for link in try Self.page(path).matches(of: /\]\(([^)\s]+)\)/).map(\.output.1) where !link.contains("://") {
        let parts = link.split(separator: "#", omittingEmptySubsequences: false)
        let file = parts[0].isEmpty ? Self.root.appending(path: path) : folder.appending(path: String(parts[0]))
        #expect(FileManager.default.fileExists(atPath: file.path), "\(path): \(link)")
        guard parts.count == 2 else { continue }
        let headings = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("#") }
        #expect(headings.map(Self.anchor).contains(String(parts[1])), "\(path): \(link)")
      }
    }
  }

  @Test func thePageOfTheCodeNamesEachFolderOnce() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
      .filter { !$0.contains(".") }
    let named = try Self.page("Sources/README.md").matches(of: /\n\| `([^`\/]+)` \|/).map { String($0.output.1) }
    #expect(named.sorted() == folders.sorted())
  }

  /// The anchor of a heading in links.
  private static func anchor(_ heading: Substring) -> String {
    heading.drop { $0 == "#" || $0 == " " }.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == " " }
      .replacing(" ", with: "-")
  }
}
