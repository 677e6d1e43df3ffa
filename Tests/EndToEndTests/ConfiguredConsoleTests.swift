import TerminalTestSupport
import TerminalUI
import Testing

/// The console with the settings of its configuration file.
@Suite(.story) struct ConfiguredConsoleTests {
  private func started(_ simulator: SimulatorProcess, _ settings: String) throws -> (Skydeck, TemporaryFile) {
    let file = try TemporaryFile(
      "default_profile: local\nprofiles:\n  local:\n    api_url: \(simulator.address)\n"
        + "    key: \(SimulatorProcess.key)\n\(settings)")
    let skydeck = try Skydeck.started("--cloud", "3", environment: ["SKYDECK_CONFIG": file.path])
    try skydeck.waitFor("▸ Haussmann Tower", "Ada Lovelace", " of 14 ")
    return (skydeck, file)
  }

  @Test func onALabelledProfileAPersonIsRemovedByTypingTheirEMail() throws {
    let simulator = try SimulatorProcess()
    let (skydeck, _) = try started(simulator, "    label: PRODUCTION\n    colour: red\n")
    try skydeck.waitUntil("the label is in reverse") { $0.style(of: "PRODUCTION")?.reverse == true }
    try skydeck.press(.character("2"))
    try skydeck.waitFor("1 of 48")
    try skydeck.open(.character("D"), "Remove Ada Lovelace from Haussmann Tower?")
    try skydeck.waitFor("Type the e-mail or “remove user 101” to confirm:", "Just re-checked: unchanged.")
    try skydeck.type("ada@atelier.example")
    try skydeck.waitFor("Enter remove")
    try skydeck.press(.enter)
    try skydeck.waitFor("Removed Ada Lovelace from Haussmann Tower.")
    #expect(try simulator.service.users(of: 3).contains { $0.email == "ada@atelier.example" } == false)
    try skydeck.quit()
  }

  @Test func aReadOnlyProfileSendsNoWrite() throws {
    let simulator = try SimulatorProcess()
    let (skydeck, _) = try started(simulator, "    read_only: true\n")
    for key: Character in ["c", "e", "D", "i", "M"] {
      try skydeck.press(.character(key))
      try skydeck.waitFor("This profile is read-only.")
    }
    try skydeck.quit()
    #expect(try simulator.service.requests().allSatisfy { $0.method == "GET" })
  }

  @Test func otherKeysAreInTheHintsAndInTheTexts() throws {
    let simulator = try SimulatorProcess()
    let (skydeck, _) = try started(simulator, "console:\n  keymap:\n    create: N\n    send-invitation-again: A\n")
    try skydeck.waitFor("N create")
    try skydeck.press(.character("A"))
    try skydeck.waitFor("A resends an invitation")
    try skydeck.open(.character("N"), "Create a cloud")
    try skydeck.close("Create a cloud")
    try skydeck.quit()
  }

  @Test func aProfileReadsAgainByItselfAsItSaysAndSignsWhatIsNew() throws {
    let simulator = try SimulatorProcess()
    let (skydeck, _) = try started(simulator, "    refresh: 5s\nconsole:\n  refresh: off\n")
    try simulator.service.createCloud(named: "Made by others")
    try skydeck.waitFor("│+  Made by others", "Clouds: 1 new since ", "│ ▸ Haussmann Tower")
    try skydeck.quit()
  }

  @Test func withoutReadingByItselfItRests() throws {
    let simulator = try SimulatorProcess()
    let (skydeck, _) = try started(simulator, "console:\n  refresh: off\n")
    try skydeck.expectRest(of: .seconds(6))
    try skydeck.quit()
  }
}
