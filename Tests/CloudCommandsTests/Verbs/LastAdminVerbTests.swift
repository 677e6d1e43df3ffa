import CloudCommands
import CloudSimulator
import CommandTestSupport
import Testing

/// The last admin of a cloud and the user's own access, in the shell.
@Suite struct LastAdminVerbTests {
  /// Takes the role from Małgorzata Kowalska, the only admin of Pont de l'Alma.
  private static let verbs = [
    (["users", "remove", "6", "129", "--yes"], "DELETE /cloud/6/user/129"),
    (["users", "update", "6", "129", "--role", "user"], #"PATCH /cloud/6/user/129 {"role":50}"#),
    (["users", "replace", "6", "129", "--role", "user"], #"PUT /cloud/6/user/129 {"role":50}"#),
  ]

  @Test(arguments: verbs) func theLastAdminIsNotSentUnlessItIsAllowed(words: [String], request: String) async throws {
    let shell = try await ShellUnderTest()
    let refused = await shell.run(words)
    #expect(refused.status == 1 && refused.writes == [] && refused.output == "")
    #expect(
      refused.errors
        == "skydeck: Małgorzata Kowalska is the only admin of cloud 6 (mairie@paris.example is only invited as admin): "
        + "nothing was sent. Make somebody else admin first; --allow-no-admin sends it all the same.\n")
    let allowed = await shell.run(words + ["--allow-no-admin"])
    #expect(allowed.status == 0 && allowed.writes == [request], "\(allowed.errors)")
  }

  @Test(arguments: verbs) func itsCodeIsForPrograms(words: [String], request: String) async throws {
    let result = try await ShellUnderTest().run(words + ["-o", "json"])
    #expect(result.status == 1)
    #expect(result.errors.contains(#""code":"last_admin""#) && result.errors.contains(#""exit_status":1"#))
  }

  @Test(arguments: verbs) func withAnotherAdminItIsSent(words: [String], request: String) async throws {
    let shell = try await ShellUnderTest()
    #expect(await shell.run("users", "update", "6", "125", "--role", "admin").status == 0)
    let result = await shell.run(words)
    #expect(result.status == 0 && result.writes == [request], "\(result.errors)")
  }

  @Test(arguments: verbs) func aDryRunReadsNothing(words: [String], request: String) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(words + ["--dry-run"])
    #expect(result.status == 0 && result.output == request + "\n")
    #expect(await shell.simulator.requests.isEmpty)
  }

  @Test(arguments: verbs) func whereTheUsersCannotBeReadNothingIsSentUnlessItIsAllowed(
    words: [String], request: String
  ) async throws {
    let shell = try await ShellUnderTest(faults: "403:GET:/cloud/6/user")
    let refused = await shell.run(words)
    #expect(refused.status == 77 && refused.writes == [])
    #expect(
      refused.errors.contains(
        "it isn't known whether the cloud keeps an admin; --allow-no-admin sends it all the same."),
      "\(refused.errors)")
    let allowed = await shell.run(words + ["--allow-no-admin"])
    #expect(allowed.status == 0 && allowed.writes == [request], "\(allowed.errors)")
  }

  @Test func aPersonIsToldBeforeBeingAsked() async throws {
    let shell = try await ShellUnderTest()
    let refused = await shell.run(["users", "remove", "6", "129"], by: .person(typing: ["y"]))
    #expect(refused.status == 1 && refused.writes == [] && !refused.errors.contains("[y/N]"))
    #expect(refused.errors.contains("is the only admin of Pont de l'Alma"))
    let allowed = await shell.run(["users", "remove", "6", "129", "--allow-no-admin"], by: .person(typing: ["y"]))
    #expect(allowed.status == 0 && allowed.writes.count == 1)
    #expect(allowed.errors.contains("! Małgorzata Kowalska is the only admin of Pont de l'Alma"))
  }

  @Test func theUsersOwnAccessIsConfirmedByTyping() async throws {
    var shell = try await ShellUnderTest()
    shell.variables["SKYDECK_ME"] = "ALAN@atelier.example"
    let refused = await shell.run(["users", "remove", "7", "161"], by: .person(typing: ["y"]))
    #expect(refused.status == 1 && refused.writes == [])
    #expect(
      refused.errors.contains("! This is your own access.")
        && refused.errors.contains("Type the name or “remove user 161” to remove it: "))
    let done = await shell.run(["users", "remove", "7", "161"], by: .person(typing: ["Alan Kay"]))
    #expect(done.status == 0 && done.writes.count == 1)
  }

  @Test func whoIsThereNotIsNotFoundAsEver() async throws {
    let result = try await ShellUnderTest().run("users", "remove", "6", "999", "--yes")
    #expect(result.status == 1 && result.errors.contains("Not found"), "\(result.errors)")
  }
}
