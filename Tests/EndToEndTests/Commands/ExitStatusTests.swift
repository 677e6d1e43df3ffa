import Glibc
import TerminalTestSupport
import Testing

/// The exit statuses of commands, and their messages.
@Suite(.story) struct ExitStatusTests {
  @Test(arguments: [
    ("400", ["clouds", "create", "--name", ""], 1), ("402", ["clouds", "create", "--name", "N"], 1),
    ("404", ["clouds", "get", "99"], 1), ("429=120", ["clouds", "get", "3"], 75), ("500", ["clouds", "get", "3"], 69),
    ("502", ["clouds", "list"], 69), ("503", ["clouds", "list"], 69), ("401", ["clouds", "list"], 77),
    ("403", ["clouds", "list"], 77), ("malformed", ["clouds", "list"], 76), ("html", ["clouds", "list"], 76),
    ("truncated=40", ["clouds", "list"], 69), ("reset-before", ["clouds", "list"], 69),
    ("502", ["clouds", "create", "--name", "N"], 69), ("reset-after", ["clouds", "create", "--name", "N"], 69),
  ])
  func theStatusSaysWhatKindOfFailureItWas(fault: String, command: [String], status: Int32) throws {
    let isReal = ["400", "404"].contains(fault)
    let simulator = isReal ? try SimulatorProcess() : try SimulatorProcess("--fault", fault)
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), command,
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key])
    #expect(result.status == .exited(status), "\(fault): \(result.errors)")
    #expect(result.errors.hasPrefix("skydeck: "))
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test(arguments: [
    "HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\n[]", "HTTP/1.1 042 X\r\n\r\n", "HTTP/1.1 101 X\r\n\r\n", "[]\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n[]", "HTTP/2.0 200 OK\r\n\r\n[]",
  ])
  func anAnswerThatIsNoHTTPIsStatus69(answer: String) throws {
    let server = try ScriptedServer(answer)
    for command in [["clouds", "list"], ["clouds", "create", "--name", "N"]] {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), command,
        environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "any-key"])
      #expect(result.status == .exited(69), "\(result.errors)")
      #expect(result.errors.contains("the response isn't HTTP"), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test func aServiceThatAsksToWaitIsSaidToUntilWhen() throws {
    let simulator = try SimulatorProcess("--fault", "429=120")
    let text = try SkydeckCommand.on(simulator, "clouds", "create", "--name", "N")
    #expect(text.errors.contains(#/Try again at \d\d:\d\d:\d\d, in 2 min\.\n$/#), "\(text.errors)")
    let json = try SkydeckCommand.on(simulator, "clouds", "create", "--name", "N", "-o", "json")
    #expect(json.errors.contains("\"retry_after\":120"), "\(json.errors)")
  }

  @Test func aServiceThatIsNotThereIsStatus69AndNothingWasSent() throws {
    let simulator = try SimulatorProcess()
    simulator.stop()
    let result = try SkydeckCommand.on(simulator, "clouds", "create", "--name", "N")
    #expect(result.status == .exited(69))
    #expect(!result.errors.contains("known"))
  }

  @Test func aWriteWhoseAnswerIsLostIsOutcomeUnknownAndSentOnce() throws {
    let simulator = try SimulatorProcess("--fault", "reset-after:POST")
    let result = try SkydeckCommand.on(
      simulator, "clouds", "create", "--name", "Once", "-o", "json", "--settle", "0")
    #expect(result.status == .exited(69))
    #expect(result.errors.contains("\"code\":\"outcome_unknown\""))
    #expect(try simulator.service.clouds().count { $0.name == "Once" } == 1)
  }

  @Test func errorsOfTheServiceCarryTheirFieldsAsJSON() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "clouds", "create", "--name", "", "-o", "json")
    #expect(result.output == "")
    #expect(result.errors.contains("\"fields\":{\"name\":[\"This field may not be blank.\"]}"))
    #expect(result.errors.contains("\"exit_status\":1"))
  }

  @Test func aMistakeOnTheCommandLineIsOneLineWithStatus64() throws {
    let text = try SkydeckCommand.demo("users", "update", "3", "7", "--role", "chief")
    #expect(text.status == .exited(64))
    #expect(text.errors.hasPrefix("skydeck: The value 'chief' is invalid for '--role <role>'"))
    #expect(text.errors.contains("See 'skydeck users update --help'"))
    #expect(text.errors.split(separator: "\n").count == 1)
    let json = try SkydeckCommand.demo("clouds", "get", "-o", "json")
    #expect(json.status == .exited(64))
    #expect(json.errors.hasPrefix("{\"error\":{\"code\":\"usage\""))
  }

  @Test func withoutSettingsTheStatusIs78() throws {
    let result = try SkydeckCommand.run("clouds", "list")
    #expect(result.status == .exited(78))
    #expect(result.errors.contains("SKYDECK_API_URL"))
    #expect(result.output == "")
  }

  @Test func ctrlCEndsAReadQuietlyWith130() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-before:GET")
    let command = try SkydeckCommand.started(on: simulator, "clouds", "list")
    try simulator.waitForRequest("GET", "/cloud")
    command.send(signal: SIGINT)
    let result = try command.result()
    #expect(result.status == .exited(130))
    #expect(result.output == "" && result.errors == "")
  }

  @Test func ctrlCDuringAWriteSaysThatItsOutcomeIsUnknown() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-after:POST")
    let command = try SkydeckCommand.started(on: simulator, "clouds", "create", "--name", "Late")
    try simulator.waitForRequest("POST", "/cloud")
    command.send(signal: SIGINT)
    let result = try command.result()
    #expect(result.status == .exited(130))
    #expect(result.errors.contains("It is unknown whether this was done"))
  }

  @Test func aReaderThatHasEnoughEndsTheCommandQuietly() throws {
    let simulator = try SimulatorProcess("--clouds", "1", "--users", "20000")
    let command = try SkydeckCommand.started(on: simulator, "users", "list", "1", "-o", "json")
    try command.waitForOutput("\"id\"")
    command.closeOutput()
    let result = try command.result()
    #expect(result.status == .exited(0))
    #expect(result.errors == "")
  }

  /// Commands that print something; those that need a service use the demo.
  static let printing = [
    ["--help"], ["--version"], ["keys"], ["keys", "--markdown"], ["manual"], ["completion", "bash"],
    ["completion", "zsh"], ["completion", "fish"], ["clouds", "--help"], ["help", "users", "list"],
    ["clouds", "list", "--demo"], ["clouds", "get", "3", "--demo", "-o", "json"],
    ["users", "list", "1", "--demo", "-o", "json"],
    ["clouds", "size", "3", "--demo"], ["invitations", "list", "3", "--demo", "-o", "csv"],
    ["clouds", "delete", "3", "--demo", "--yes", "-o", "table"],
  ]

  @Test(arguments: printing, ["/dev/full", "&-"])
  func whatCanNotBeWrittenIsStatus74(command: [String], output: String) throws {
    let result = try ShellCommand.run(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" >\(output)", BuiltProduct.path(of: "skydeck")] + command)
    #expect(result.status == .exited(74), "\(command)")
    #expect(result.errors.contains("The output can't be written: "), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: printing)
  func aReaderThatHasGoneEndsEveryCommandWithStatus0(command: [String]) throws {
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    // The reader is closed before the command starts.
    let script = #"exec 3<>"$1" 4>"$1" 3<&-; shift; exec "$0" "$@" >&4 4>&-"#
    let result = try ShellCommand.run("/bin/sh", ["-c", script, BuiltProduct.path(of: "skydeck"), pipe] + command)
    #expect(result.status == .exited(0), "\(command)")
    #expect(result.errors == "")
  }

  @Test func invitationsAreAllSentWhenWhoeverReadsOfThemHasGone() throws {
    let simulator = try SimulatorProcess()
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let script = #"exec 3<>"$1" 4>"$1" 3<&-; shift; exec "$0" "$@" >&4 4>&-"#
    let result = try ShellCommand.run(
      "/bin/sh",
      [
        "-c", script, BuiltProduct.path(of: "skydeck"), pipe, "invitations", "send", "9", "a@x.example", "b@x.example",
        "c@x.example", "--redirect-uri", "https://x.example", "-o", "table",
      ], environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key])
    #expect(result.status == .exited(0) && result.errors == "", "\(result.errors)")
    #expect(try simulator.service.invitations(of: 9).count { $0.email.hasSuffix("@x.example") } == 3)
  }

  @Test func helpShowsExamplesAndVersionsAndCompletionsAreThere() throws {
    let help = try SkydeckCommand.run("invitations", "send", "--help")
    #expect(help.status == .exited(0))
    #expect(help.output.contains("Examples:") && help.output.contains("skydeck invitations send 3 ada@example.org"))
    let version = try SkydeckCommand.run("--version")
    #expect(version.output.contains(/^\d+\.\d+\.\d+\n$/))
    let manual = try SkydeckCommand.run("manual")
    #expect(manual.output.contains("\n.SS skydeck processors replace "))
    for shell in ["bash", "zsh", "fish"] {
      let script = try SkydeckCommand.run("completion", shell)
      #expect(script.output.contains("create-demo"), "\(shell)")
    }
  }
}
