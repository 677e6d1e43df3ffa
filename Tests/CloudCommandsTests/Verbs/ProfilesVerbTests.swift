import CloudCommands
import CloudSimulator
import CommandTestSupport
import HTTPTypes
import Testing

/// Tests of `skydeck profiles …`.
@Suite struct ProfilesVerbTests {
  private let folder: TestFolder
  private let shell: ShellUnderTest

  init() async throws {
    folder = try TestFolder()
    var shell = try await ShellUnderTest()
    shell.variables = ["SKYDECK_CONFIG": folder.file, "KEY": ShellUnderTest.key]
    shell.directory = folder.path
    self.shell = shell
  }

  private static let two = """
    default_profile: one
    profiles:
      one:
        api_url: http://localhost
        key_env: KEY
        edition: classic
      two:
        api_url: https://two.example
        auth: api-key
        key: s3cret-key
        label: PRODUCTION
        read_only: true

    """

  // MARK: add

  @Test func oneIsAddedWithTheKeyFromStandardInputAndIsTheDefault() async throws {
    let result = await shell.run(
      ["profiles", "add", "one", "--api-url", "https://one.example", "--key-stdin"],
      by: .script(input: "s3cret-key\nno more\n"))
    #expect(result.status == 0 && result.errors == "")
    #expect(
      result.output == """
        Added the profile one to \(folder.file), and skydeck uses it from now on.
        Try it: skydeck profiles check one

        """)
    #expect(
      try folder.text == """
        default_profile: one
        profiles:
          one:
            api_url: https://one.example
            auth: bearer
            key: s3cret-key

        """)
  }

  @Test func whatIsNotSaidOfTheKeyIsAskedForOnTheTerminal() async throws {
    let words = ["profiles", "add", "one", "--api-url", "https://one.example", "--client-id", "me", "--token-url"]
    let result = await shell.run(words + ["https://one.example/token"], by: .person(typing: ["s3cret"]))
    #expect(result.errors == "The client secret for https://one.example, which is not shown: ")
    #expect(result.status == 0 && !result.output.contains("s3cret"))
    #expect(try folder.text.contains("client_secret: s3cret\n"))
  }

  @Test(arguments: [[""], []]) func withoutAnAnswerNothingIsAdded(typed: [String]) async throws {
    let result = await shell.run(
      ["profiles", "add", "one", "--api-url", "https://one.example"], by: .person(typing: typed))
    #expect(result.errors.hasSuffix("which is not shown: skydeck: Nothing was done.\n"))
    #expect(result.status == (typed.isEmpty ? 130 : 1))
    #expect(throws: (any Error).self) { try folder.text }
  }

  @Test func aRelativePathIsOfTheFolderThatOneIsIn() async throws {
    let result = await shell.run(
      "profiles", "add", "one", "--api-url", "https://one.example", "--key-file", "key", "--ca-file", "./ca.pem",
      "-o", "json")
    #expect(result.status == 0 && result.output == "" && result.errors == "")
    #expect(try folder.text.contains("key_file: \(folder.path)/key\n"))
    #expect(try folder.text.contains("ca_file: \(folder.path)/ca.pem\n"))
  }

  @Test(arguments: [
    (["add", "a b", "--api-url", "https://x.example", "--key-env", "K"], 64, "can't be the name of a profile"),
    (["add", "x", "--api-url", "http://x.example", "--key-env", "K"], 64, "--api-url"),
    (["add", "x", "--api-url", "https://x.example"], 64, "there is no terminal to ask on"),
    (["add", "x", "--api-url", "https://x.example", "--key-stdin"], 64, "holds no key in its first line"),
    (["add", "x", "--api-url", "https://x.example", "--key-env", "K", "--timeout", "5"], 64, "--timeout is \"5\""),
    (["add", "x", "--key-env", "K"], 64, "--api-url"),
    (["add", "x", "--api-url", "https://x.example", "--demo"], 64, "--demo"),
    (["check"], 78, "skydeck profiles add"), (["show", "x"], 78, "no profile “x”"), (["show"], 78, "SKYDECK_API_URL"),
    (["show", "--demo"], 64, "remove --demo"), (["list", "--columns", "nam"], 64, "name, api_url"),
    (["use", "x"], 78, "no profile “x”"), (["remove", "x", "--yes"], 78, "no profile “x”"),
  ])
  func whatCannotBeMeantSoIsSaidAndNothingIsWritten(words: [String], status: Int32, named: String) async throws {
    var shell = shell
    // Without `--config` the file need not exist.
    if status == 78 { shell.variables = ["HOME": folder.path] }
    let result = await shell.run(["profiles"] + words)
    #expect(result.status == status && result.output == "")
    #expect(result.errors.contains(named), "\(result.errors)")
    #expect(throws: (any Error).self) { try folder.text }
  }

  // MARK: list, show, use

  @Test func theyAreListedInEveryForm() async throws {
    try folder.write(Self.two)
    let csv = await shell.run("profiles", "list", "-o", "csv")
    #expect(
      csv.output == """
        name,api_url,edition,auth,label,read_only,default
        one,http://localhost,classic,bearer,,false,true
        two,https://two.example,auto,api-key,PRODUCTION,true,false

        """)
    let json = await shell.run("profiles", "list", "-o", "json")
    #expect(
      json.output.hasPrefix(
        #"[\#n{"name":"one","api_url":"http://localhost","edition":"classic","auth":"bearer","label":null,"#
          + #""read_only":false,"default":true}"#))
    let table = await shell.run("profiles", "list", "--columns", "name,read_only,default", "-o", "table")
    #expect(table.output == "NAME  READ ONLY  DEFAULT\none              yes\ntwo   yes\n")
    #expect([csv, json, table].allSatisfy { $0.status == 0 && $0.errors == "" })
  }

  @Test func whereThereIsNoneAPersonIsToldHowToMakeOne() async throws {
    var shell = shell
    shell.variables = ["HOME": folder.path]
    let result = await shell.run(["profiles", "list"], by: .person())
    #expect(result.status == 0 && result.output == "")
    #expect(
      result.errors == "There is no file \(folder.path)/.config/skydeck/config.yaml. "
        + "Make a profile: skydeck profiles add NAME --api-url URL\n")
  }

  @Test func everySettingIsShownWithItsSourceButNeverTheKey() async throws {
    try folder.write(Self.two)
    var shell = shell
    shell.variables["SKYDECK_TIMEOUT"] = "7s"
    let two = await shell.run("profiles", "show", "two", "-o", "csv")
    #expect(two.output.contains("api_url,https://two.example,\"profile two, line 8\"\n"), "\(two.output)")
    #expect(two.output.contains("timeout,7s,SKYDECK_TIMEOUT\n") && !two.output.contains("s3cret-key"))
    let current = await shell.run(["profiles", "show"], by: .person())
    #expect(current.output.contains("http://localhost") && !current.output.contains("two.example"))
    let both = await shell.run("profiles", "show", "two", "--profile", "one")
    #expect(both.status == 64 && both.errors.contains("Which profile, two or one?"))
  }

  @Test func anotherIsMadeTheDefault() async throws {
    try folder.write(Self.two)
    let used = await shell.run("profiles", "use", "two")
    #expect(used.output == "skydeck uses two from now on, as \(folder.file) says.\n")
    #expect(used.status == 0 && used.errors == "")
    #expect(try folder.text == Self.two.replacing("default_profile: one", with: "default_profile: two"))
    let wrong = await shell.run("profiles", "use", "tow")
    #expect(wrong.status == 78 && wrong.errors.contains("did you mean “two”?"))
  }

  // MARK: remove

  @Test func removingAsksAPersonAndNeedsYesElsewhere() async throws {
    try folder.write(Self.two)
    let refused = await shell.run("profiles", "remove", "two")
    #expect(refused.status == 64 && refused.errors.contains("--yes"))
    let declined = await shell.run(["profiles", "remove", "two"], by: .person(typing: [""]))
    #expect(
      declined.errors == """
        The profile two of https://two.example goes from \(folder.file).
        Its key is kept there alone, and goes with it.
        Remove it? [y/N] skydeck: Nothing was done.

        """)
    #expect(declined.status == 1)
    #expect(try folder.text == Self.two)
    let done = await shell.run(["profiles", "remove", "two"], by: .person(typing: ["y"]))
    #expect(done.status == 0 && done.output == "Removed the profile two from \(folder.file).\n")
    #expect(try !folder.text.contains("two"))
  }

  @Test func whenTheDefaultGoesAnotherIsOffered() async throws {
    try folder.write(Self.two)
    let result = await shell.run("profiles", "remove", "one", "--yes")
    #expect(
      result.output.hasSuffix("It was the default, and there is none now. Choose one: skydeck profiles use two\n"))
    #expect(result.status == 0)
  }

  // MARK: check

  @Test func checkingSaysWhatEachKeyMaySeeAndTheWorstIsTheStatus() async throws {
    try folder.write(Self.two)
    let good = await shell.run("profiles", "check", "one", "-o", "json")
    #expect(
      good.output == "[\n" + #"{"name":"one","status":"ok","clouds":14,"milliseconds":0,"message":null}"# + "\n]\n")
    #expect(good.status == 0)
    let both = await shell.run(["profiles", "check", "-"], by: .script(input: "two\none two\n"))
    #expect(both.lines.map { $0.prefix { $0 != "\t" } } == ["name", "two", "one"])
    #expect(both.status == 77 && !both.output.contains("s3cret-key"), "\(both.output)")
    let table = await shell.run(["profiles", "check"], by: .person())
    #expect(table.output.hasPrefix("one  ok, 14 clouds in 0 ms\ntwo  Sign-in failed: "), "\(table.output)")
    #expect(both.errors == "" && table.errors == "")
    #expect(await shell.simulator.requests.allSatisfy { $0.method == .get })
  }
}
