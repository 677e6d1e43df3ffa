import CloudCommands
import CloudSimulator
import CommandTestSupport
import Testing

/// Tests of `skydeck invitations send` with several addresses.
@Suite struct InvitingVerbTests {
  private static let landing = ["--redirect-uri", "https://x.example"]

  private static func request(_ email: String, to cloud: Int = 7, uri: String = "https://x.example") -> String {
    "POST /cloud/\(cloud)/invitation {\"email\":\"\(email)\",\"redirect_uri\":\"\(uri)\"}"
  }

  @Test func addressesComeFromTheLineAndFromStandardInputAndEachIsInvitedOnce() async throws {
    let result = try await ShellUnderTest().run(
      ["invitations", "send", "7", "-", "ADA@x.example", "-o", "table"] + Self.landing,
      by: .script(input: "\u{FEFF}ada@x.example\r\no'brien@x.example; \"Hopper, Grace\" <grace@x.example>\n"))
    let people = ["ada@x.example", "o'brien@x.example", "grace@x.example"]
    #expect(result.writes == people.map { Self.request($0) })
    #expect(
      result.output == zip(112..., people).map { "Invited \($1) (invitation \($0)).\n" }.joined())
    #expect(result.status == 0 && result.errors == "")
  }

  @Test func severalAreAListInJSONAndRowsInCSV() async throws {
    let words = ["invitations", "send", "7", "ada@x.example,grace@x.example"] + Self.landing
    let shell = try await ShellUnderTest()
    let json = await shell.run(words + ["-o", "json"])
    #expect(json.output.filter { $0 != "\n" } == (await shell.read("/cloud/7/invitation")))
    let csv = try await ShellUnderTest().run(words + ["-o", "csv", "--columns", "email", "--no-header"])
    #expect(csv.output == "ada@x.example\ngrace@x.example\n")
  }

  @Test func theOneRefusedIsSaidLastAndTheOthersAreInvited() async throws {
    let shell = try await ShellUnderTest(faults: "402:POST:n=1")
    let result = await shell.run(
      ["invitations", "send", "7", "a@x.example", "b@x.example", "-o", "table"] + Self.landing)
    #expect(result.output == "Invited b@x.example (invitation 112).\n")
    #expect(result.errors.hasPrefix("skydeck: a@x.example: POST /cloud/7/invitation: "), "\(result.errors)")
    #expect(result.status == 1 && result.writes.count == 2)
  }

  @Test func whatEndsTheLaneLeavesTheRestUnsentAndSaysSo() async throws {
    let shell = try await ShellUnderTest(faults: "403:POST")
    let result = await shell.run(
      ["invitations", "send", "7", "a@x.example", "b@x.example"] + Self.landing)
    #expect(result.status == 77 && result.writes == [Self.request("a@x.example")])
    #expect(
      result.errors.contains("skydeck: b@x.example: not invited: nothing was sent, because the run ended"),
      "\(result.errors)")
  }

  @Test(arguments: ["ada@", "Grace", "bob@x.example Ada <ada@x.example>"])
  func whereOneIsNoAddressNobodyIsInvited(address: String) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(["invitations", "send", "7", "ada@x.example", address] + Self.landing)
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors == "skydeck: Nothing was sent: “\(address)” is not an e-mail address.\n")
    #expect(await shell.simulator.requests.isEmpty)
  }

  @Test func nobodyToInviteAndNowhereToLandAreSaid() async throws {
    let shell = try await ShellUnderTest()
    let nobody = await shell.run(["invitations", "send", "7", "-"] + Self.landing, by: .script(input: " \n"))
    #expect(nobody.status == 64 && nobody.errors == "skydeck: There is no e-mail address to invite.\n")
    let nowhere = await shell.run("invitations", "send", "7", "ada@x.example")
    #expect(nowhere.status == 64 && nowhere.errors.contains("Set it by --redirect-uri URI."))
    let alone = await shell.run("invitations", "send", "7", "ada@x.example", "--in-all-projects")
    #expect(alone.status == 64 && alone.errors.contains("'--in-all-projects' needs '--project-role'"))
  }

  @Test func theSettingSaysWhereTheyLand() async throws {
    var shell = try await ShellUnderTest()
    shell.variables["SKYDECK_REDIRECT_URI"] = "https://x.example/cloud/{cloud}"
    let result = await shell.run("invitations", "send", "7", "ada@x.example", "--dry-run")
    #expect(result.output == Self.request("ada@x.example", uri: "https://x.example/cloud/7") + "\n")
    let given = await shell.run(
      "invitations", "send", "7", "ada@x.example", "--dry-run", "--redirect-uri", "https://y.example")
    #expect(given.output == Self.request("ada@x.example", uri: "https://y.example") + "\n")
  }

  @Test func theCurrentEditionTakesRolesAndTheClassicOneRefusesThem() async throws {
    let roles = ["--role", "user", "--in-all-projects", "--project-role", "guest"]
    let words = ["invitations", "send", "7", "ada@x.example"] + Self.landing + roles
    let current = try await ShellUnderTest(edition: .current).run(words + ["-o", "json"])
    #expect(current.status == 0, "\(current.errors)")
    #expect(current.output.contains(#""role":50,"project_role":25,"in_all_projects":true"#), "\(current.output)")
    let classic = try await ShellUnderTest().run(words)
    #expect(classic.status != 0 && classic.writes.isEmpty)
    #expect(classic.errors.contains("becomes an administrator."), "\(classic.errors)")
  }

  @Test func whereNobodyReadsAnyMoreAllAreStillInvited() async throws {
    var shell = try await ShellUnderTest()
    shell.outputEnd = .readerGone
    let result = await shell.run(
      ["invitations", "send", "7", "a@x.example", "b@x.example", "-o", "table"] + Self.landing)
    #expect(result.writes.count == 2)
    #expect(result.status == 0 && result.errors == "")
  }
}
