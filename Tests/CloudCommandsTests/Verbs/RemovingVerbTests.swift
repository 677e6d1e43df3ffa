import CloudCommands
import CloudSimulator
import CommandTestSupport
import Testing

/// Tests of verbs that remove: the question and its answers.
@Suite struct RemovingVerbTests {
  /// A verb with its question, the answer that confirms, and the output after that.
  struct Asked: Sendable {
    let verb: Verb
    let question: String
    let prompt: String
    let yes: String
    let done: String
  }

  private static let asked = [
    Asked(
      verb: Verb.removals[0],
      question: """
        Delete Archive 2018?
        This permanently deletes, for everyone:
          5 users' access

        """, prompt: "Type the name or “delete cloud 7” to delete it: ", yes: "Archive 2018",
      done: "Deleted cloud Archive 2018.\n"),
    Asked(
      verb: Verb.removals[1], question: "Remove Alan Kay from Archive 2018?\n", prompt: "Remove it? [y/N] ", yes: "y",
      done: "Removed Alan Kay from Archive 2018.\n"),
    Asked(
      verb: Verb.removals[2], question: "Withdraw the invitation of mairie@paris.example to Pont de l'Alma?\n",
      prompt: "Withdraw it? [y/N] ", yes: "YES",
      done: "Withdrew the invitation of mairie@paris.example to Pont de l'Alma.\n"),
    Asked(
      verb: Verb.removals[3],
      question: "Delete gltf from Lot B – façade?\nIt no longer runs on new models:\n  nothing runs after it\n",
      prompt: "Delete it? [y/N] ", yes: " y ", done: "Deleted processor gltf from Lot B – façade.\n"),
  ]

  @Test(arguments: asked) func aPersonIsAskedAndAYesDoesIt(asked: Asked) async throws {
    let result = try await ShellUnderTest().run(asked.verb.words, by: .person(typing: [asked.yes]))
    #expect(result.errors.hasPrefix(asked.question), "\(result.errors)")
    #expect(result.errors.hasSuffix(asked.prompt))
    #expect(result.writes == [asked.verb.request])
    #expect(result.output == asked.done)
    #expect(result.status == 0)
  }

  @Test(arguments: asked, ["", "n", "nein", "Archive"]) func anythingElseDoesNothing(
    asked: Asked, answer: String
  ) async throws {
    let result = try await ShellUnderTest().run(asked.verb.words, by: .person(typing: [answer]))
    let isWrongText = asked.prompt.hasPrefix("Type") && !answer.isEmpty
    let wrong = isWrongText ? "That is neither the name nor “delete cloud 7”.\n" : ""
    #expect(result.errors.hasSuffix(asked.prompt + wrong + "skydeck: Nothing was done.\n"), "\(result.errors)")
    #expect(result.writes.isEmpty && result.output == "")
    #expect(result.status == 1)
  }

  @Test(arguments: asked) func ctrlCAtTheQuestionDoesNothing(asked: Asked) async throws {
    let result = try await ShellUnderTest().run(asked.verb.words, by: .person())
    #expect(result.errors.contains(asked.prompt))
    #expect(result.writes.isEmpty && result.output == "")
    #expect(result.status == 130)
  }

  @Test(arguments: Verb.removals) func withoutATerminalNothingIsRemovedUnlessItIsSaidToBe(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let refused = await shell.run(verb.words, by: .script(input: "y\n"))
    #expect(refused.status == 64 && refused.output == "")
    #expect(
      refused.errors
        == "skydeck: There is no terminal for the confirmation: --yes does it without asking.\n")
    #expect(await shell.simulator.requests.isEmpty)
    for yes in ["--yes", "-y"] {
      let done = try await ShellUnderTest().run(verb.words + [yes])
      #expect(done.writes == [verb.request])
      #expect(done.output == verb.table)
      #expect(done.status == 0 && done.errors == "")
    }
  }

  @Test(arguments: Verb.removals) func jsonOfARemovalIsNothing(verb: Verb) async throws {
    let result = try await ShellUnderTest().run(verb.words + ["--yes", "-o", "json"])
    #expect(result.output == "" && result.errors == "" && result.status == 0)
    #expect(result.writes == [verb.request])
  }

  @Test(arguments: Verb.removals) func whatThereIsNotIsNotAskedAbout(verb: Verb) async throws {
    let result = try await ShellUnderTest().run(verb.elsewhere, by: .person(typing: ["y"]))
    #expect(result.status == 1 && result.output == "" && result.writes.isEmpty)
    #expect(result.errors.contains("Not found, or hidden from this key"), "\(result.errors)")
    #expect(!result.errors.contains("? ["))
  }

  @Test func ofACloudItIsSaidWhatGoesWithIt() async throws {
    let result = try await ShellUnderTest().run(["clouds", "delete", "3"], by: .person(typing: ["no"]))
    for loss in ["512 GB of files", "48 users' access", "3 invitations"] {
      #expect(result.errors.contains(loss), "\(loss): \(result.errors)")
    }
  }

  @Test func underALabelEveryRemovalIsConfirmedByTypingTheName() async throws {
    var shell = try await ShellUnderTest()
    let folder = try TestFolder()
    try folder.write(
      """
      default_profile: live
      profiles:
        live:
          api_url: http://localhost
          key: \(ShellUnderTest.key)
          edition: classic
          label: PRODUCTION
      """)
    shell.variables = ["SKYDECK_CONFIG": folder.file]
    let refused = await shell.run(["users", "remove", "7", "161"], by: .person(typing: ["y"]))
    #expect(
      refused.errors.contains("Type the name or “remove user 161” to remove it: ") && refused.writes.isEmpty,
      "\(refused.errors)")
    let done = await shell.run(["users", "remove", "7", "161"], by: .person(typing: ["Alan Kay"]))
    #expect(done.status == 0 && done.writes == ["DELETE /cloud/7/user/161"], "\(done.errors)")
    let byID = await shell.run(["users", "remove", "7", "162"], by: .person(typing: ["162"]))
    #expect(byID.status == 1 && byID.writes.isEmpty, "\(byID.errors)")
    let byWords = await shell.run(["users", "remove", "7", "162"], by: .person(typing: ["remove user 162"]))
    #expect(byWords.status == 0 && byWords.writes.last == "DELETE /cloud/7/user/162", "\(byWords.errors)")
  }
}
