import FoundationEssentials
import Testing

@testable import CloudProfiles

/// The descriptions of settings in manual, help and the settings page.
@Suite struct SettingsReferenceTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func everyKeyOfTheFileIsDescribedOnceWhereItStands() {
    let keys = Dictionary(
      uniqueKeysWithValues: SettingsReference.keysByPlace.map { place, keys in
        (place, keys.split(separator: ", ").map(String.init))
      })
    #expect(keys["at the top"]?.sorted() == Configuration.TopName.allCases.map(\.rawValue).sorted())
    #expect(keys["in a profile"]?.sorted() == SettingName.allCases.map(\.rawValue).sorted())
    #expect(keys["in console"]?.sorted() == ConsoleSettings.Name.allCases.map(\.rawValue).sorted())
  }

  @Test func everyVariableAndFlagOfASettingStandsWithItsKey() {
    for setting in SettingName.allCases {
      let entry = SettingsReference.entries.first { $0.keys.contains(setting.rawValue) }
      let elsewhere = entry?.elsewhere.map { $0.prefix { $0 != "=" } } ?? []
      for name in [setting.variable, setting.flag].compactMap({ $0 }) {
        #expect(elsewhere.contains(Substring(name)), "\(name)")
      }
    }
  }

  @Test func everyVariableThatTheCodeReadsIsDescribed() throws {
    let described = Set(SettingsReference.variables.map(\.name))
    let sources = try FileManager.default.subpathsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    var found: Set<String> = []
    for name in sources where name.hasSuffix(".swift") {
      let text = try String(contentsOf: Self.root.appending(path: "Sources/\(name)"), encoding: .utf8)
      found.formUnion(text.matches(of: /"(SKYDECK_[A-Z_]+)"/).map { String($0.output.1) })
    }
    #expect(found == described)
  }

  @Test func thePageShowsTheTableAsItIs() throws {
    let path = "Sources/CloudProfiles/README.md"
    let page = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    let head = "| in the file | variable, flag | meaning | unless set |\n|---|---|---|---|\n"
    let start = try #require(page.firstRange(of: head)?.upperBound)
    let end = try #require(page[start...].firstRange(of: "\n\n")?.lowerBound)
    #expect(
      page[start..<end] + "\n" == SettingsReference.markdown,
      "The page's table of settings is stale: put this between its head and the blank line below.")
  }
}
