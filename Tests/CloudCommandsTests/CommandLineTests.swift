import CloudCommands
import CloudSimulator
import CloudTestSupport
import CommandTestSupport
import Testing

/// Tests of a whole command line: help, invalid command lines, and signals.
@Suite struct CommandLineTests {
  @Test func helpAndVersionAreOnStandardOutput() async throws {
    let shell = try await ShellUnderTest()
    let help = await shell.run("users", "update", "--help")
    #expect(help.output.contains("USAGE: skydeck users update") && help.output.contains("--settle <seconds>"))
    #expect(help.status == 0 && help.errors == "")
    let version = await shell.run("--version")
    #expect(version.output == "1\n" && version.status == 0)
    let noun = await shell.run("processors")
    #expect(noun.output.contains("SUBCOMMANDS:") && noun.status == 0)
  }

  @Test(arguments: [["cluods"], ["clouds", "lst"], ["clouds", "list", "--colums", "id"], ["users", "list"]])
  func aMistakeIsOneLineOnStandardError(words: [String]) async throws {
    let shell = try await ShellUnderTest()
    let text = await shell.run(words)
    #expect(text.status == 64 && text.output == "")
    #expect(text.errors.hasPrefix("skydeck: ") && text.errors.split(separator: "\n").count == 1, "\(text.errors)")
    let json = await shell.run(words + ["--output=json"])
    #expect(json.errors.hasPrefix(#"{"error":{"code":"usage""#) && json.status == 64, "\(json.errors)")
  }

  @Test(arguments: [
    ("cloud list", "There is no command “cloud”. Did you mean “clouds”?"),
    ("clouds delet 3", "There is no command “clouds delet”. Did you mean “clouds delete”?"),
    ("cluods", "There is no command “cluods”. Did you mean “clouds”?"),
    ("users set-role ada", "There is no command “users set-role”. Did you mean “people set-role”?"),
    ("invitations xyz", "There is no command “invitations xyz”. There are list, send, cancel."),
  ])
  func aCommandThatIsNotThereLeadsToOneThatIs(line: String, text: String) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(line.split(separator: " ").map(String.init))
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.hasPrefix("skydeck: \(text) See "), "\(result.errors)")
    #expect(await shell.run("clouds", "list", "3").errors.contains("Unexpected argument '3'"))
  }

  @Test(arguments: Verb.reads + Verb.changes) func outputThatCannotBeWrittenIsStatus74(verb: Verb) async throws {
    var shell = try await ShellUnderTest()
    shell.outputEnd = .failed("No space left on device")
    let result = await shell.run(verb.words)
    #expect(result.status == 74)
    #expect(result.errors == "skydeck: The output can't be written: No space left on device.\n")
    let json = await shell.run(verb.words + ["-o", "json"])
    #expect(json.errors.contains(#""code":"output","exit_status":74"#), "\(json.errors)")
  }

  @Test(arguments: Verb.reads) func aReaderThatHasGoneEndsItQuietly(verb: Verb) async throws {
    var shell = try await ShellUnderTest()
    shell.outputEnd = .readerGone
    let result = await shell.run(verb.words)
    #expect(result.status == 0 && result.errors == "")
  }

  @Test func ctrlCEndsAReadQuietly() async throws {
    let shell = try await ShellUnderTest(faults: "no-answer-before:GET")
    async let result = shell.run("clouds", "list")
    // The request's time limit is set once the request is in flight.
    await shell.clock.waitForRest(of: .seconds(120))
    shell.signals.send(2)
    let ended = await result
    #expect(ended.status == 130 && ended.output == "" && ended.errors == "")
  }

  @Test func verboseAndTraceSayEveryRequestWithoutTheKey() async throws {
    let shell = try await ShellUnderTest()
    let verbose = await shell.run("-v", "clouds", "size", "3", "-o", "json")
    #expect(verbose.output == "549755813888\n")
    #expect(verbose.errors == "GET /cloud/3/size 200, 12 Bytes, 0 ms\n")
    let trace = await shell.run("clouds", "update", "7", "--name", "Quai", "--trace")
    #expect(trace.errors.contains("> PATCH http://localhost/cloud/7\n") && trace.errors.contains(#"{"name":"Quai"}"#))
    #expect(trace.errors.contains("> Authorization: Bearer •••\n") && !trace.errors.contains(ShellUnderTest.key))
  }

  @Test func aFieldThatIsNotAsDocumentedIsWarnedOf() async throws {
    let shell = try await ShellUnderTest(.odd)
    let result = await shell.run("users", "get", "1", "132", "-o", "csv", "--columns", "id,role", "--no-header")
    #expect(result.output == "132,75\n" && result.status == 0)
    let none = await shell.run("users", "get", "1", "104", "-o", "csv", "--columns", "id,role", "--no-header")
    #expect(none.output.hasPrefix("104,") && none.status == 0)
  }

  @Test func theNamesOfProfilesAreCompletedFromTheirFile() async throws {
    let folder = try TestFolder()
    try folder.write("profiles:\n  live:\n    api_url: http://localhost\n    key_env: K\n")
    var shell = try await ShellUnderTest()
    shell.variables = ["SKYDECK_CONFIG": folder.file]
    let result = await shell.run(
      "---completion", "profiles", "use", "--", "name", "3", "0", "skydeck", "profiles", "use", "")
    #expect(result.output.contains("live"), "\(result.output)\(result.errors)")
    #expect(result.status == 0)
  }
}
