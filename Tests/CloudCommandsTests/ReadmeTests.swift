import FoundationEssentials
import Testing

@testable import CloudCommands

/// What the README says of the commands is what they do.
@Suite struct ReadmeTests {
  @Test func theReadmeHoldsTheExitStatusesAsTheyAre() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let rows = ExitStatus.allCases.map { "| \($0.rawValue) | \($0.meaning) |\n" }.joined()
    #expect(readme.contains("| status | meaning |\n|---|---|\n" + rows))
  }
}
