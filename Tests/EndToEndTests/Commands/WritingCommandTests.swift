import TerminalTestSupport
import Testing

/// Commands that change something.
@Suite(.story) struct WritingCommandTests {
  @Test func aCloudIsCreatedRenamedReplacedAndDeleted() throws {
    let simulator = try SimulatorProcess()
    let created = try SkydeckCommand.on(
      simulator, "clouds", "create", "--name", "Quai 7", "--columns", "id", "--no-header")
    let id = try #require(Int(created.output.filter(\.isNumber)))
    #expect(try simulator.service.name(of: id) == "Quai 7")
    _ = try SkydeckCommand.on(simulator, "clouds", "update", String(id), "--name", "Quai 8")
    #expect(try simulator.service.name(of: id) == "Quai 8")
    _ = try SkydeckCommand.on(simulator, "clouds", "replace", String(id), "--name", "Quai 9")
    #expect(try simulator.service.name(of: id) == "Quai 9")
    let deleted = try SkydeckCommand.on(simulator, "clouds", "delete", String(id), "--yes", "-o", "json")
    #expect(deleted.status == .exited(0) && deleted.output == "" && deleted.errors == "")
    #expect(try simulator.service.name(of: id) == nil)
  }

  @Test func aUserIsGivenRolesAndRemoved() throws {
    let simulator = try SimulatorProcess()
    _ = try SkydeckCommand.on(simulator, "users", "update", "1", "101", "--role", "user")
    #expect(try simulator.service.role(of: 101, in: 1) == 50)
    _ = try SkydeckCommand.on(simulator, "users", "replace", "1", "101", "--role", "100")
    #expect(try simulator.service.role(of: 101, in: 1) == 100)
    let removed = try SkydeckCommand.on(simulator, "users", "remove", "1", "101", "-y")
    #expect(removed.status == .exited(0))
    #expect(try simulator.service.users(of: 1).allSatisfy { $0.id != 101 })
  }

  @Test func processorsAreCreatedChangedAndDeleted() throws {
    let simulator = try SimulatorProcess()
    let created = try SkydeckCommand.on(
      simulator, "processors", "create", "1", "--name", "ifc", "--parent", "11", "--parent", "12", "--columns", "id",
      "--no-header")
    let id = try #require(Int(created.output.filter(\.isNumber)))
    func parents() throws -> [Int]? { try simulator.service.processors(of: 1).first { $0.id == id }?.parentProcessors }
    #expect(try parents() == [11, 12])
    _ = try SkydeckCommand.on(simulator, "processors", "update", "1", String(id), "--parent", "12")
    #expect(try parents() == [12])
    _ = try SkydeckCommand.on(simulator, "processors", "update", "1", String(id), "--no-parents")
    #expect(try parents() == [])
    let replaced = try SkydeckCommand.on(simulator, "processors", "replace", "1", String(id), "--name", "ifc4")
    #expect(replaced.status == .exited(0))
    _ = try SkydeckCommand.on(simulator, "processors", "delete", "1", String(id), "--yes")
    #expect(try parents() == nil)
  }

  @Test func severalPeopleAreInvitedAndTheOneRefusedIsSaidLast() throws {
    let simulator = try SimulatorProcess("--fault", "402:POST:n=1")
    let result = try SkydeckCommand.on(
      simulator, "invitations", "send", "3", "first@x.example,ada@x.example", "Grace Hopper <grace@x.example>",
      "--redirect-uri", "https://x.example", "-o", "table")
    #expect(result.status == .exited(1))
    #expect(result.lines.count { $0.hasPrefix("Invited ") } == 2)
    #expect(result.errors.hasPrefix("skydeck: first@x.example: POST /cloud/3/invitation: "))
    #expect(result.errors.split(separator: "\n").count == 1)
    let invited = try simulator.service.invitations(of: 3)
    #expect(invited.count { $0.email.hasSuffix("@x.example") && $0.redirectUri == "https://x.example" } == 2)

    let id = try #require(invited.first { $0.email == "ada@x.example" }?.id)
    let cancelled = try SkydeckCommand.on(simulator, "invitations", "cancel", "3", String(id), "--yes")
    #expect(cancelled.status == .exited(0))
    #expect(try simulator.service.invitations(of: 3).allSatisfy { $0.id != id })
  }

  @Test func peopleAreInvitedFromStandardInputAsAFileOfThemIsWritten() throws {
    let simulator = try SimulatorProcess()
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"),
      ["invitations", "send", "3", "-", "ADA@x.example", "--redirect-uri", "https://x.example", "-o", "table"],
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key],
      input: """
        \u{FEFF}ada@x.example\r
        o'brien@x.example

        "Hopper, Grace" <grace@x.example>; Alan <alan@x.example>
        ada@x.example, edsger@x.example\tbarbara@x.example
        """)
    #expect(result.status == .exited(0), "\(result.errors)")
    let names = ["ada", "o'brien", "grace", "alan", "edsger", "barbara"]
    #expect(result.lines.dropLast().map { $0.split(separator: " ")[1] } == names.map { "\($0)@x.example" })
    let invited = try simulator.service.invitations(of: 3).map(\.email).filter { $0.hasSuffix("@x.example") }
    #expect(invited.sorted() == names.map { "\($0)@x.example" }.sorted())
  }

  @Test func oneBadLineAmongMoreAndNobodyIsInvited() throws {
    let simulator = try SimulatorProcess()
    func refused(_ arguments: String..., input: String) throws -> String {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"),
        ["invitations", "send", "9"] + arguments + ["--redirect-uri", "https://x.example"],
        environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key], input: input)
      #expect(result.status == .exited(64) && result.output == "", "\(result.output)")
      #expect(result.errors.split(separator: "\n").count == 1)
      return result.errors
    }
    #expect(
      try refused("-", "bob@", input: "ada@x.example\n# our team\ngrace\u{1B}@x.example\n").hasPrefix(
        "skydeck: Nothing was sent: line 2 of standard input: “#” is not an e-mail address; line 2 of standard input: “our” "
          + "is not an e-mail address; line 2 of standard input: “team”"))
    #expect(try refused("ada@x.example", "Grace", input: "").contains("“Grace” is not an e-mail address"))
    #expect(try refused("bob@x.example Ada <ada@x.example>", input: "").contains("“bob@x.example Ada <ada@x.example>”"))
    #expect(try refused("-", input: "\n \n").contains("no e-mail address"))
    #expect(try simulator.service.invitations(of: 9).allSatisfy { !$0.email.hasSuffix("@x.example") })
  }

  @Test func aDemoProjectIsMade() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "clouds", "create-demo", "3", "-o", "json")
    #expect(result.status == .exited(0))
    #expect(result.output.hasPrefix("{\"id\":"))
  }

  @Test(arguments: [
    (["clouds", "create", "--name", "N"], "POST /cloud {\"name\":\"N\"}"),
    (["clouds", "update", "3", "--name", "N"], "PATCH /cloud/3 {\"name\":\"N\"}"),
    (["clouds", "replace", "3", "--name", "N"], "PUT /cloud/3 {\"name\":\"N\"}"),
    (["clouds", "delete", "3"], "DELETE /cloud/3"),
    (["clouds", "create-demo", "3"], "POST /cloud/3/create-demo"),
    (["users", "update", "3", "7", "--role", "admin"], "PATCH /cloud/3/user/7 {\"role\":100}"),
    (["users", "replace", "3", "7", "--role", "user"], "PUT /cloud/3/user/7 {\"role\":50}"),
    (["users", "remove", "3", "7"], "DELETE /cloud/3/user/7"),
    (
      ["invitations", "send", "3", "a@b.c", "--redirect-uri", "https://x"],
      "POST /cloud/3/invitation {\"email\":\"a@b.c\",\"redirect_uri\":\"https://x\"}"
    ),
    (["invitations", "cancel", "3", "7"], "DELETE /cloud/3/invitation/7"),
    (
      ["processors", "create", "3", "--name", "N", "--parent", "1"],
      "POST /cloud/3/processor {\"name\":\"N\",\"parent_processors\":[1]}"
    ),
    (["processors", "update", "3", "7", "--name", "N"], "PATCH /cloud/3/processor/7 {\"name\":\"N\"}"),
    (
      ["processors", "replace", "3", "7", "--name", "N"],
      "PUT /cloud/3/processor/7 {\"name\":\"N\",\"parent_processors\":[]}"
    ),
    (["processors", "delete", "3", "7"], "DELETE /cloud/3/processor/7"),
  ])
  func aDryRunShowsTheRequestAndSendsNothing(arguments: [String], shown: String) throws {
    // Nothing listens there: any request fails.
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments + ["--dry-run"],
      environment: [
        "SKYDECK_API_URL": "http://127.0.0.1:1", "SKYDECK_API_KEY": "key", "SKYDECK_EDITION": "classic",
      ])
    #expect(result.output == shown + "\n")
    #expect(result.status == .exited(0), "\(result.errors)")
  }

  @Test func withoutATerminalNothingIsDeletedUnlessItIsSaidToBe() throws {
    let simulator = try SimulatorProcess()
    for arguments in [
      ["clouds", "delete", "3"], ["users", "remove", "1", "101"], ["processors", "delete", "1", "12"],
    ] {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), arguments,
        environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key])
      #expect(result.status == .exited(64))
      #expect(result.errors.contains("--yes"))
    }
    #expect(try simulator.service.name(of: 3) != nil)
  }

  @Test func onATerminalACloudIsDeletedByTypingItsName() throws {
    let simulator = try SimulatorProcess()
    let session = try asking(simulator, "clouds", "delete", "3")
    try session.waitFor("Type the name or “delete cloud 3” to delete it:")
    #expect(session.screen.contains("512 GB of files"))
    try session.send("Haussmann\n")
    #expect(try session.exitStatus() == .exited(1))
    #expect(session.screen.contains("Nothing was done."))
    #expect(try simulator.service.name(of: 3) != nil)

    let again = try asking(simulator, "clouds", "delete", "3")
    try again.waitFor("Type the name or “delete cloud 3” to delete it:")
    try again.send("Haussmann Tower\n")
    #expect(try again.exitStatus() == .exited(0))
    #expect(try simulator.service.name(of: 3) == nil)
  }

  @Test func onATerminalAUserIsRemovedAfterAYesAndCtrlCLeaves() throws {
    let simulator = try SimulatorProcess()
    let session = try asking(simulator, "users", "remove", "1", "101")
    try session.waitFor("Remove it? [y/N]")
    try session.send("\u{3}")
    #expect(try session.exitStatus() == .exited(130))
    #expect(try simulator.service.role(of: 101, in: 1) != nil)

    let again = try asking(simulator, "users", "remove", "1", "101")
    try again.waitFor("Remove Ada Lovelace from Gare du Nord, extension?")
    try again.send("y\n")
    #expect(try again.exitStatus() == .exited(0))
    #expect(try simulator.service.users(of: 1).allSatisfy { $0.id != 101 })
  }

  @Test func whatIsTypedBeforeTheQuestionIsThereDoesNotAnswerIt() throws {
    let simulator = try SimulatorProcess("--latency", "300")
    let session = try asking(simulator, "users", "remove", "1", "101")
    try session.send("y\n")
    try session.waitFor("Remove it? [y/N]")
    try session.send("n\n")
    #expect(try session.exitStatus() == .exited(1))
    #expect(session.screen.contains("Nothing was done."))
    #expect(try simulator.service.role(of: 101, in: 1) != nil)
  }

  private func asking(_ simulator: SimulatorProcess, _ arguments: String...) throws -> TerminalSession {
    try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: arguments,
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key])
  }
}
