import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The demo works without any settings, and with invalid ones.
@Suite(.story) struct DemoCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String, mode: mode_t = 0o600) throws -> String {
    let path = "\(folder.path)/config.yaml"
    let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
    let bytes = Array(text.utf8)
    try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    fchmod(descriptor, mode)
    close(descriptor)
    return path
  }

  static let broken: [(text: String, mode: mode_t)] = [
    ("profiles: [", 0o600), ("nonsense: true\n", 0o600), ("", 0o666), ("console: {theme: pink}\n", 0o600),
    ("console: {keymap: {make-coffee: x}}\n", 0o600), ("default_profile: nobody\n", 0o600),
  ]

  @Test(arguments: broken)
  func itIsThereWhateverTheFileHolds(text: String, mode: mode_t) throws {
    let environment = ["SKYDECK_CONFIG": try file(text, mode: mode)]
    try expectDemo(environment)
  }

  @Test(arguments: [
    ["SKYDECK_CONFIG": "/nonexistent"], ["SKYDECK_CONFIG": "/"], ["SKYDECK_CONFIG": "/dev/zero"], ["HOME": ""],
    ["HOME": "", "SKYDECK_CA_FILE": "~/ca.pem"], ["SKYDECK_PROFILE": "nobody"], ["SKYDECK_API_URL": "nonsense"],
    ["SKYDECK_PROXY": "nonsense", "SKYDECK_TIMEOUT": "long", "SKYDECK_EDITION": "none", "SKYDECK_AUTH": "none"],
  ])
  func itIsThereWhateverTheVariablesHold(environment: [String: String]) throws {
    try expectDemo(environment)
  }

  @Test func theConsoleSaysOfABrokenFileWhereServicesAreChosen() throws {
    let skydeck = try Skydeck.demo(environment: ["SKYDECK_CONFIG": try file("profiles: [")])
    try skydeck.press(.character("P"))
    try skydeck.waitFor("config.yaml, line")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("config.yaml, line")
    try skydeck.quit()
  }

  private func expectDemo(_ environment: [String: String]) throws {
    let listed = try SkydeckCommand.run("clouds", "get", "3", "--demo", environment: environment)
    #expect(listed.status == .exited(0) && listed.output.contains("Haussmann Tower"), "\(listed.errors)")
    #expect(listed.errors == "")
    let keys = try SkydeckCommand.run("keys", "--demo", environment: environment)
    #expect(keys.status == .exited(0) && keys.output.contains("edit-as-json"), "\(keys.errors)")
    let skydeck = try Skydeck.demo(environment: environment)
    try skydeck.quit()
  }
}
