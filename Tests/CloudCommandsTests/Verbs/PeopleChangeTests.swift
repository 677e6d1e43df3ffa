import CloudCommands
import CloudSimulator
import CommandTestSupport
import HTTPTypes
import Testing

/// `people remove`, `people set-role` and `people invite`.
@Suite struct PeopleChangeTests {
  private let redirect = ["--redirect-uri", "https://p.example/cloud/{cloud}"]

  private func clouds(of email: String, _ shell: ShellUnderTest) async -> [Substring] {
    let found = await shell.run("people", "find", "--exact", email, "--no-header", "--columns", "cloud_id")
    return found.lines
  }

  @Test func somebodyIsRemovedEverywhereExceptWhereNobodyElseIsAdmin() async throws {
    let shell = try await ShellUnderTest()
    let before = await clouds(of: "ada@atelier.example", shell)
    let result = await shell.run("people", "remove", "ADA@atelier.example", "--everywhere", "--yes")
    #expect(result.status == 1)
    #expect(result.errors.contains("Ada Lovelace is the only admin of Sandbox: left out. --allow-no-admin"))
    #expect(result.writes.count == before.count - 1)
    #expect(Set(result.writes).count == result.writes.count && result.writes.allSatisfy { $0.hasPrefix("DELETE ") })
    let left = await clouds(of: "ada@atelier.example", shell)
    #expect(left.count == 1)
    let last = await shell.run("people", "remove", "ada@atelier.example", "--everywhere", "--yes", "--allow-no-admin")
    #expect(last.status == 0, "\(last.errors)")
    #expect(await clouds(of: "ada@atelier.example", shell).isEmpty)
  }

  @Test func onlyTheCloudsThatAreNamedAreReadAndChanged() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run("people", "remove", "grace@beton.example", "--from", "3", "--yes", "--no-header")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.writes == ["DELETE /cloud/3/user/101"] || result.writes.count == 1)
    let read = await shell.simulator.requests.filter { $0.method == .get }.map(\.path)
    #expect(read.allSatisfy { $0.hasPrefix("/cloud/3") }, "\(read)")
  }

  @Test func invitationsAreWithdrawnUnlessTheyAreKept() async throws {
    let shell = try await ShellUnderTest()
    let kept = await shell.run(
      "people", "remove", "new.admin@example.org", "--everywhere", "--yes", "--keep-invitations")
    #expect(kept.writes.isEmpty && kept.status == 0)
    let result = await shell.run("people", "remove", "new.admin@example.org", "--everywhere", "--yes")
    #expect(result.status == 0)
    #expect(!result.writes.isEmpty && result.writes.allSatisfy { $0.contains("/invitation/") })
  }

  @Test func anAddressThatIsNowhereIsDoneForARemovalAndRefusedForARole() async throws {
    let shell = try await ShellUnderTest()
    let removal = await shell.run("people", "remove", "nobody@x.example", "--everywhere", "--yes")
    #expect(removal.status == 0 && removal.errors.contains("nobody@x.example is in none of 14 clouds read."))
    let role = await shell.run("people", "set-role", "nobody@x.example", "--role", "user", "--everywhere", "--yes")
    #expect(role.status == 1 && role.writes.isEmpty)
  }

  @Test func aRoleIsGivenWhereItIsAnother() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(
      "people", "set-role", "grace@beton.example", "--role", "admin", "--in", "3", "--yes", "-o", "json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.writes.count == 1 && result.writes[0].hasPrefix("PATCH /cloud/3/user/"))
    #expect(result.output.contains(#""email":"grace@beton.example","cloud_id":3,"#))
    let again = await shell.run("people", "set-role", "grace@beton.example", "--role", "admin", "--in", "3", "--yes")
    #expect(again.status == 0 && again.writes.isEmpty && again.errors.contains("There is nothing to change."))
  }

  @Test func membersAndInvitedPeopleAreLeftOutOfAnInvitation() async throws {
    let shell = try await ShellUnderTest()
    let words = ["people", "invite", "new@x.example", "ada@atelier.example", "--to", "3,5", "--yes"] + redirect
    let result = await shell.run(words)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("ada@atelier.example is a member of Haussmann Tower already."))
    #expect(result.writes.count { $0.contains("new@x.example") } == 2)
    #expect(
      result.writes.contains {
        $0.hasPrefix("POST /cloud/5/invitation") && $0.contains("p.example") && $0.contains("cloud")
      })
    let again = await shell.run(words)
    #expect(again.status == 0 && again.writes.isEmpty)
  }

  @Test func theClassicEditionInvitesAdministratorsOnly() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(
      ["people", "invite", "a@x.example", "--to", "3", "--role", "user", "--yes"] + redirect)
    #expect(result.status == 64 && result.writes.isEmpty && result.errors.contains("administrators only"))
    let current = try await ShellUnderTest(edition: .current)
    let invited = await current.run(["people", "invite", "a@x.example", "--to", "3", "--yes"] + redirect)
    #expect(invited.status == 0 && invited.writes.first?.contains("\"role\":50") == true, "\(invited.errors)")
  }

  @Test func withoutATerminalAConfirmationIsNeeded() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run("people", "remove", "ada@atelier.example", "--everywhere")
    #expect(result.status == 64 && result.writes.isEmpty && result.errors.contains("--yes"))
  }

  @Test func aPersonIsAskedAndSeesTheChangesFirst() async throws {
    let shell = try await ShellUnderTest()
    let no = await shell.run("people", "remove", "grace@beton.example", "--from", "3", by: .person(typing: ["n"]))
    #expect(no.status == 1 && no.writes.isEmpty)
    #expect(no.errors.contains("Remove Grace Hopper, grace@beton.example from Haussmann Tower (3).\n"), "\(no.errors)")
    let yes = await shell.run("people", "remove", "grace@beton.example", "--from", "3", by: .person(typing: ["y"]))
    #expect(yes.status == 0 && yes.writes.count == 1)
    #expect(yes.output == "Removed Grace Hopper, grace@beton.example from Haussmann Tower (3).\n")
  }

  @Test func moreThanTenChangesAreConfirmedByTyping() async throws {
    let shell = try await ShellUnderTest(.generated(clouds: 11, users: 1))
    let words = ["people", "invite", "new@x.example", "--everywhere"] + redirect
    let no = await shell.run(words, by: .person(typing: ["y"]))
    #expect(no.status == 1 && no.writes.isEmpty && no.errors.contains("Type “invite 11” to confirm: "))
    #expect(no.errors.contains("That is not “invite 11”.\nskydeck: Nothing was done."))
    let yes = await shell.run(words, by: .person(typing: ["invite 11"]))
    #expect(yes.status == 0 && yes.writes.count == 11, "\(yes.errors)")
  }

  @Test func aDryRunPrintsTheChangesAndSendsNothing() async throws {
    let shell = try await ShellUnderTest()
    let text = await shell.run("people", "remove", "ada@atelier.example", "--everywhere", "--dry-run")
    #expect(text.status == 0 && text.writes.isEmpty)
    #expect(text.output.contains("Remove Ada Lovelace, ada@atelier.example from Haussmann Tower (3).\n"))
    let json = await shell.run("people", "remove", "ada@atelier.example", "--everywhere", "--dry-run", "-o", "json")
    #expect(json.output.contains(#""operation":"delete_cloud_user""#) && json.writes.isEmpty)
  }

  @Test func addressesComeFromStandardInput() async throws {
    let shell = try await ShellUnderTest()
    let input = "grace@beton.example\nGrace Hopper <GRACE@beton.example>\n"
    let result = await shell.run("people", "remove", "-", "--from", "3", "--yes", by: .script(input: input))
    #expect(result.status == 0 && result.writes.count == 1)
    let wrong = await shell.run(
      "people", "remove", "-", "--from", "3", "--yes", by: .script(input: "ada@atelier.example\nnonsense\n"))
    #expect(wrong.status == 64 && wrong.writes.isEmpty && wrong.errors.contains("line 2"))
    let none = await shell.run("people", "remove", "-", "--from", "3", "--yes", by: .script(input: ""))
    #expect(none.status == 0 && none.writes.isEmpty)
  }

  @Test func whatIsRefusedInOneCloudStopsNoOther() async throws {
    let shell = try await ShellUnderTest()
    await shell.simulator.setFaults {
      $0.method == .delete && $0.path?.hasPrefix("/cloud/3/") == true ? .forbidden : nil
    }
    let result = await shell.run("people", "remove", "grace@beton.example", "--everywhere", "--yes", "--no-header")
    #expect(result.status == 77 || result.status == 1, "\(result.errors)")
    let left = await clouds(of: "grace@beton.example", shell)
    #expect(left == ["3"], "\(left)")
  }

  @Test func whereIsAsked() async throws {
    let shell = try await ShellUnderTest()
    for words in [
      ["remove", "a@x.example"], ["remove", "a@x.example", "--everywhere", "--from", "3"],
      ["remove", "a@x.example", "--from", "3,,5"],
    ] {
      let result = await shell.run(["people"] + words + ["--yes"])
      #expect(result.status == 64 && result.writes.isEmpty)
    }
    let missing = await shell.run("people", "remove", "a@x.example", "--from", "999", "--yes")
    #expect(missing.status == 1 && missing.errors.contains("/cloud/999"))
  }
}
