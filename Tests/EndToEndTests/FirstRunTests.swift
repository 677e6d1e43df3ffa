import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The first start of `skydeck`, without any settings.
@Suite(.story) struct FirstRunTests {
  @Test func theFormTriesTheServiceKeepsItPrivatelyAndOpensIt() throws {
    let simulator = try SimulatorProcess()
    let (folder, log) = (try TemporaryFolder(), try TemporaryFile())
    let path = "\(folder.path)/skydeck/config.yaml"
    defer {
      unlink(path)
      rmdir("\(folder.path)/skydeck")
    }
    let environment = ["XDG_CONFIG_HOME": folder.path]
    let skydeck = try Skydeck.started("--log-file", log.path, environment: environment)
    try skydeck.waitFor("Which service?", "Ctrl-T the demo")
    try skydeck.type(simulator.address)
    try skydeck.press(.tab, .tab)
    try skydeck.session.paste("the-wrong-key-of-somebody")
    try skydeck.press(.enter)
    try skydeck.waitFor("Sign-in failed: the API key is invalid or expired")
    try skydeck.press(.control("u"))
    try skydeck.session.paste(SimulatorProcess.key)
    try skydeck.waitFor(String(repeating: "•", count: SimulatorProcess.key.count))
    try skydeck.press(.tab)
    try skydeck.type("local")
    try skydeck.press(.enter)
    try skydeck.waitFor("local · 127.0.0.1:\(simulator.port)", "14 clouds; classic edition", " of 14 ")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.close("Requests and messages")
    try skydeck.quit()
    for text in [try log.text(), String(decoding: skydeck.session.terminal.output, as: UTF8.self)] {
      #expect(!text.contains(SimulatorProcess.key))
      #expect(!text.contains("the-wrong-key"))
    }
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    // The next start needs no arguments.
    let again = try Skydeck.started(environment: environment)
    try again.waitFor("local · 127.0.0.1:\(simulator.port)", " of 14 ")
    try again.quit()
  }

  @Test func escapeLeavesWithTheMessageAndStatus78() throws {
    let folder = try TemporaryFolder()
    let skydeck = try Skydeck.started(environment: ["XDG_CONFIG_HOME": folder.path])
    try skydeck.waitFor("Which service?")
    try skydeck.press(.escape)
    #expect(try skydeck.session.exitStatus() == .exited(78))
    #expect(skydeck.session.standardError.contains("SKYDECK_API_URL"))
    #expect(folder.files.isEmpty)
  }

  @Test func theDemoIsAKeyAway() throws {
    let folder = try TemporaryFolder()
    let skydeck = try Skydeck.started(environment: ["XDG_CONFIG_HOME": folder.path])
    try skydeck.waitFor("Which service?")
    try skydeck.press(.control("t"))
    try skydeck.waitFor("Demo (simulated)", " of 14 ")
    try skydeck.quit()
  }
}
