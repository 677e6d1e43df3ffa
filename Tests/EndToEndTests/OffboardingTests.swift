import TerminalTestSupport
import TerminalUI
import Testing

/// Changes of people in all their clouds, from the console.
@Suite(.story) struct OffboardingTests {
  private static let gudrun = "gudrun@nordlys.example"

  private func opened(_ simulator: SimulatorProcess) throws -> Skydeck {
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.press(.character("5"))
    try skydeck.waitFor("people in 14 clouds")
    try skydeck.press(.character("/"))
    try skydeck.type("gudrun")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Guðrún Jónsdóttir")
    return skydeck
  }

  private func deletions(_ simulator: SimulatorProcess) throws -> [String] {
    try simulator.service.writes().filter { $0.method == "DELETE" }.map(\.path)
  }

  /// One cloud refuses, the answer of one is lost, and in one somebody else was faster.
  @Test func eachCloudIsAccountedForAndWhatFailedIsAskedAboutAgain() throws {
    let simulator = try SimulatorProcess(
      "--fault", "402:DELETE:/cloud/9/user/132:n=1", "--fault", "reset-after:DELETE:/cloud/3/user/132:n=1", "--fault",
      "vanish:DELETE:/cloud/4/user/132:n=1")
    let skydeck = try opened(simulator)
    try skydeck.open(.character("D"), "Remove Guðrún Jónsdóttir from 7 clouds?")
    try skydeck.waitFor("Just re-checked", "y remove 7")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("R ask again about 1")
    let paths = [1, 2, 3, 4, 6, 8, 9].map { "/cloud/\($0)/user/132" }
    #expect(try deletions(simulator).sorted() == paths)
    #expect(try simulator.service.clouds(withMember: Self.gudrun) == [9])

    try skydeck.open(.character("R"), "Remove Guðrún Jónsdóttir from Μετρό Θεσσαλονίκης?")
    try skydeck.waitFor("Just re-checked", "y remove")
    try skydeck.press(.character("y"))
    try skydeck.waitUntilGone("Remove Guðrún")
    #expect(try deletions(simulator).sorted() == paths + ["/cloud/9/user/132"])
    #expect(try simulator.service.clouds(withMember: Self.gudrun) == [])
    try skydeck.quit()
  }

  @Test func cancelSendsNothing() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try opened(simulator)
    try skydeck.open(.character("D"), "Remove Guðrún Jónsdóttir from 7 clouds?")
    try skydeck.waitFor("Just re-checked", "y remove 7")
    try skydeck.press(.enter)
    try skydeck.waitUntilGone("Remove Guðrún")
    #expect(try simulator.service.writes().isEmpty)
    try skydeck.quit()
  }

  @Test func threePeopleAreInvitedToTheMarkedCloudsWithOneMailEach() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(
      simulator, cloud: 3, environment: ["SKYDECK_REDIRECT_URI": "https://x.example/cloud/{cloud}"])
    try skydeck.press(.character(" "), .character(" "), .character(" "))
    try skydeck.waitFor("3 marked")
    try skydeck.open(.character("i"), "Invite administrators to 3 clouds")
    try skydeck.type("a@x.example, b@x.example, c@x.example")
    try skydeck.press(.enter)
    try skydeck.waitFor("Just re-checked", "y invite 3")
    try skydeck.press(.character("y"))
    try skydeck.waitUntilClosed("Invite 3 people to 3 clouds?")
    try skydeck.waitFor("Invited 3 people to 3 clouds: ")
    #expect(try simulator.service.writes().count == 9)
    try skydeck.quit()
    let sent = try simulator.service.emails()
    #expect(sent.count == 9 && sent.values.allSatisfy { $0 == 1 })
    for cloud in try simulator.service.clouds(withInvitationOf: "b@x.example") {
      let own = try simulator.service.invitations(of: cloud).filter { $0.email.hasSuffix("@x.example") }
      #expect(own.count == 3 && own.allSatisfy { $0.redirectUri == "https://x.example/cloud/\(cloud)" })
    }
  }
}
