import TerminalTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A command whose response was lost finds out by reading whether its change was carried out.
@Suite(.story) struct SettlingTests {
  private static let writes = EveryCommand.writes.filter { $0[1] != "create-demo" }

  @Test func whatWasDoneIsFoundDoneAndPrintedAsAnAnswerWouldBe() throws {
    for command in Self.writes {
      let (answered, lost) = (
        try SimulatorProcess(), try SimulatorProcess("--fault", "reset-after:POST,PATCH,PUT,DELETE")
      )
      let expected = try run(answered, command + ["-o", "json"])
      let result = try run(lost, command + ["-o", "json"])
      #expect(result.status == .exited(0), "\(command): \(result.errors)")
      let times = #/\d{4}-\d\d-\d\dT[^"]*/#
      #expect(result.output.replacing(times, with: "") == expected.output.replacing(times, with: ""), "\(command)")
      #expect(
        result.errors.contains("read_again") && result.errors.contains("A re-read confirms that it was done."),
        "\(command)")
      #expect(try lost.service.requests().count { $0.method != "GET" } == 1, "\(command)")
    }
  }

  @Test func whatIsNotKnownInTimeIsOutcomeUnknownWithWhatReadingSays() throws {
    for command in Self.writes {
      let simulator = try SimulatorProcess("--fault", "reset-before:POST,PATCH,PUT,DELETE")
      let result = try run(simulator, command + ["--settle", "1"])
      #expect(result.status == .exited(69), "\(command): \(result.errors)")
      #expect(
        result.errors.contains(#/outcome unknown: .*A re-read shows that it (isn't done so far|is still there)/#))
    }
  }

  /// No reading can tell about a demo project, or about anything if reading is turned off.
  ///
  /// Whether a user is the last admin is read before sending, unless that doesn't matter.
  @Test(arguments: [
    ["clouds", "create-demo", "4"], ["users", "remove", "1", "101", "--yes", "--allow-no-admin", "--settle", "0"],
  ])
  func nothingIsWaitedForWhereNothingTells(command: [String]) throws {
    let simulator = try SimulatorProcess("--fault", "reset-after:POST,DELETE")
    let result = try run(simulator, command)
    #expect(result.status == .exited(69), "\(result.errors)")
    #expect(result.errors.contains("outcome unknown"))
    #expect(try simulator.service.requests().allSatisfy { $0.method != "GET" })
  }

  @Test func afterOneThatIsFoundSentTheOtherInvitationsGoOn() throws {
    let simulator = try SimulatorProcess("--fault", "reset-after:POST:n=2")
    let people = ["a", "b", "c"].map { "\($0)@x.example" }
    let result = try run(
      simulator, ["invitations", "send", "4"] + people + ["--redirect-uri", "https://x.example", "-o", "tsv"])
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(result.errors.contains("b@x.example: "))
    #expect(people.allSatisfy(result.output.contains))
    #expect(try simulator.service.requests().count { $0.method == "POST" } == 3)
  }

  @Test func ctrlCEndsTheReadingAtOnce() throws {
    let simulator = try SimulatorProcess("--fault", "reset-before:DELETE")
    let command = try SkydeckCommand.started(on: simulator, "users", "remove", "1", "101", "--yes", "--allow-no-admin")
    try simulator.waitForRequest("GET", "/cloud/1/user/101")
    command.send(signal: SIGINT)
    let result = try command.result(within: .seconds(5))
    #expect(result.status == .exited(130))
    #expect(result.errors.contains("outcome unknown"))
  }

  @Test(arguments: ["-1", "3601", "soon"]) func aTimeThatCannotBeMeantIsRefused(seconds: String) throws {
    let simulator = try SimulatorProcess()
    let result = try run(simulator, ["clouds", "delete", "3", "--yes", "--settle=\(seconds)"])
    #expect(result.status == .exited(64))
    #expect(try simulator.service.requests().isEmpty)
  }

  private func run(_ simulator: SimulatorProcess, _ arguments: [String]) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments,
      environment: [
        "SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key, "SKYDECK_EDITION": "classic",
      ])
  }
}
