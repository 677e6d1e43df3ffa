import Glibc
import Testing

@testable import CloudProfiles

/// The settings page's statements about the file.
@Suite struct ReadmeTests {
  @Test func theExampleIsAConfiguration() throws {
    let page = try page()
    let start = try #require(page.firstRange(of: "<!-- example configuration -->\n```yaml\n")?.upperBound)
    let end = try #require(page[start...].firstRange(of: "```")?.lowerBound)
    let configuration = try Configuration(String(page[start..<end]))
    #expect(configuration.profiles.map(\.name) == ["staging", "live", "on-premise"])
    #expect(configuration.defaultProfile == "staging")
    #expect(configuration.console.keymap.count == 2)
  }

  @Test(arguments: SettingName.allCases)
  func everySettingIsInTheTableWithItsVariableAndFlag(setting: SettingName) throws {
    let row = try #require(
      try page().split(separator: "\n").first { $0.hasPrefix("| `") && $0.contains("`\(setting.rawValue)`") })
    if let variable = setting.variable { #expect(row.contains("`\(variable)")) }
    if let flag = setting.flag { #expect(row.contains("`\(flag)`")) }
  }

  private func page() throws -> String {
    let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let descriptor = open("\(folder)/Sources/CloudProfiles/README.md", O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
