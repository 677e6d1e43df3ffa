import CloudCommands
import CloudSimulator
import CloudTestSupport
import CommandTestSupport
import HTTPTypes
import Testing

/// Tests of writes whose response was lost: reading finds out whether they were applied.
@Suite(.timeLimit(.minutes(2))) struct LostReplyTests {
  /// The verbs whose outcome a read can tell; for a demo project nothing can be read.
  private static let telling = Verb.writes.filter { $0.name != "clouds create-demo" }

  /// The delays before the reads that follow one that didn't find the change done.
  private static let rests: [Duration] = [.seconds(10), .seconds(20)]

  @Test(arguments: telling) func whatWasDoneIsFoundDoneAndPrintedAsAnAnswerWouldBe(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "reset-after:POST,PATCH,PUT,DELETE")
    let lost = await shell.run(verb.words + ["-o", "csv"])
    let answered = try await ShellUnderTest().run(verb.words + ["-o", "csv"])
    #expect(lost.status == 0)
    #expect(lost.output == answered.output)
    #expect(lost.errors.contains("A re-read confirms that it was done."), "\(lost.errors)")
    #expect(lost.writes == [verb.request])
  }

  @Test(arguments: telling) func whatWasNotDoneIsSaidNotToBe(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "reset-before:POST,PATCH,PUT,DELETE")
    async let result = shell.run(verb.words + ["-o", "json"])
    for rest in Self.rests {
      await shell.clock.waitForRest(of: rest)
      shell.clock.advance(by: rest)
    }
    let ended = await result
    #expect(ended.status == 1)
    #expect(ended.errors.contains("\"code\":\"not_done\",\"exit_status\":1"), "\(ended.errors)")
    #expect(ended.writes == [verb.request])
  }

  /// Without the record before, a read can only tell that an edit was done.
  @Test(arguments: telling.filter { ["update", "replace"].contains($0.words[1]) })
  func anEditOfARecordThatCouldNotBeReadBeforeIsOutcomeUnknown(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "403:GET:n=1", "reset-before:PATCH,PUT")
    // The users are not read to see which of them are admins, so that the fault strikes the record.
    let anyAdmin = verb.words[0] == "users" ? ["--allow-no-admin"] : []
    async let result = shell.run(verb.words + anyAdmin + ["-o", "json"])
    for rest in Self.rests {
      await shell.clock.waitForRest(of: rest)
      shell.clock.advance(by: rest)
    }
    let ended = await result
    #expect(ended.status == 69)
    #expect(ended.errors.contains("\"code\":\"outcome_unknown\",\"exit_status\":69"), "\(ended.errors)")
    #expect(ended.writes == [verb.request])
  }

  @Test(arguments: telling) func whatIsNotKnownInTimeIsOutcomeUnknown(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "reset-before:POST,PATCH,PUT,DELETE")
    async let result = shell.run(verb.words + ["--settle", "5"], by: .person())
    await shell.clock.waitForRest(of: .seconds(10))
    await shell.clock.waitForRest(of: .seconds(5))
    shell.clock.advance(by: .seconds(5))
    let ended = await result
    let errors = ended.errors
    #expect(ended.status == 69)
    #expect(errors.hasPrefix("The reply was lost. Re-reading for up to 5 s to find out the outcome;"), "\(errors)")
    #expect(
      errors.contains(#/outcome unknown: .*A re-read shows that it (isn't done so far|is still there)\./#), "\(errors)")
  }

  @Test(arguments: Verb.writes) func nothingIsReadWhereNothingIsToBeFoundOut(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "reset-after:POST,PATCH,PUT,DELETE")
    // Whether a user is the last admin is read before sending, unless that doesn't matter.
    let anyAdmin = verb.words[0] == "users" ? ["--allow-no-admin"] : []
    let result = await shell.run(verb.words + anyAdmin + ["--settle", "0"])
    #expect(result.status == 69)
    #expect(result.errors.contains("outcome unknown: "), "\(result.errors)")
    #expect(await shell.simulator.requests.allSatisfy { $0.method != .get })
    #expect(result.writes == [verb.request])
  }

  @Test func aDemoProjectIsNotKnownOf() async throws {
    let result = try await ShellUnderTest(faults: "reset-after:POST").run("clouds", "create-demo", "7")
    #expect(result.status == 69 && result.output == "")
    #expect(result.errors.contains("outcome unknown: "), "\(result.errors)")
  }

  @Test func ctrlCEndsTheReadingAtOnce() async throws {
    let shell = try await ShellUnderTest(faults: "reset-before:DELETE")
    async let result = shell.run("users", "remove", "7", "161", "--yes")
    await shell.clock.waitForRest(of: .seconds(10))
    shell.signals.send(2)
    let ended = await result
    #expect(ended.status == 130)
    #expect(ended.errors.contains("outcome unknown: "), "\(ended.errors)")
  }
}
