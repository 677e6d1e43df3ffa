import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// `skydeck profiles …`
@Suite(.story) struct ProfilesCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { "\(folder.path)/skydeck/config.yaml" }

  private func profiles(
    _ arguments: String..., environment: [String: String] = [:], input: String = ""
  ) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["profiles"] + arguments,
      environment: ["XDG_CONFIG_HOME": folder.path].merging(environment) { $1 }, input: input)
  }

  private func onTerminal(_ arguments: String...) throws -> TerminalSession {
    try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: ["profiles"] + arguments,
      environment: ["XDG_CONFIG_HOME": folder.path])
  }

  @Test func aProfileIsAddedWithTheKeyFromStandardInputAndIsTheDefault() throws {
    let added = try profiles(
      "add", "staging", "--api-url", "https://staging.example", "--key-stdin", input: "s3cret-key\n")
    #expect(added.status == .exited(0) && added.errors == "")
    #expect(added.output.contains("Added the profile staging to \(path), and skydeck uses it from now on."))
    #expect(!added.output.contains("s3cret-key"))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(
      try TemporaryFile.text(at: path) == """
        default_profile: staging
        profiles:
          staging:
            api_url: https://staging.example
            auth: bearer
            key: s3cret-key

        """)
  }

  @Test func everySettingOfAProfileIsWrittenAndShownWithItsSourceButNeverTheKey() throws {
    let added = try profiles(
      "add", "live", "--api-url", "https://live.example/api", "--client-id", "me", "--client-secret-command",
      "pass show 'bim data'", "--token-url", "https://login.example/token", "--edition", "current", "--ca-file",
      "/etc/ca.pem", "--proxy", "proxy.example:3128", "--timeout", "5s", "--concurrency", "4", "--redirect-uri",
      "https://x.example", "--read-only", "--label", "PRODUCTION", "--colour", "red")
    #expect(added.status == .exited(0), "\(added.errors)")
    let text = try TemporaryFile.text(at: path)
    #expect(text.contains("client_secret_command: [pass, show, \"bim data\"]"))
    let shown = try profiles("show", "live")
    let values = Dictionary(
      uniqueKeysWithValues: shown.lines.dropLast().map { line in
        let cells = line.split(separator: "\t").map(String.init)
        return (cells[0], cells[1])
      })
    #expect(
      values == [
        "setting": "value", "api_url": "https://live.example/api", "auth": "client-credentials", "client_id": "me",
        "token_url": "https://login.example/token", "client_secret": "••• printed by pass", "edition": "current",
        "ca_file": "/etc/ca.pem", "proxy": "proxy.example:3128", "timeout": "5s", "concurrency": "4",
        "redirect_uri": "https://x.example", "read_only": "true", "label": "PRODUCTION", "colour": "red",
      ])
    #expect(shown.output.contains("edition\tcurrent\tprofile live, line 5"))
  }

  @Test func theServiceInUseIsShownWhereNoneIsNamed() throws {
    _ = try profiles("add", "one", "--api-url", "https://one.example", "--key-stdin", input: "s3cret-key")
    let shown = try profiles("show", "-o", "json", environment: ["SKYDECK_TIMEOUT": "7s"])
    #expect(shown.output.contains(#"{"setting":"timeout","value":"7s","source":"SKYDECK_TIMEOUT"}"#))
    #expect(shown.output.contains(#""value":"https://one.example""#))
    #expect(!shown.output.contains("s3cret-key"))
    let other = try profiles(
      "show", environment: ["SKYDECK_API_URL": "https://other.example", "SKYDECK_API_KEY": "other-key"])
    #expect(other.output.contains("https://other.example\tSKYDECK_API_URL") && !other.output.contains("other-key"))
  }

  @Test func profilesAreListedAndAnotherMadeTheDefault() throws {
    _ = try profiles("add", "one", "--api-url", "https://one.example", "--key-env", "ONE")
    _ = try profiles("add", "two", "--api-url", "https://two.example", "--key-env", "TWO", "--auth", "api-key")
    let before = try profiles("list", "--columns", "name,auth,default", "--no-header")
    #expect(before.output == "one\tbearer\ttrue\ntwo\tapi-key\tfalse\n")
    let used = try profiles("use", "two")
    #expect(used.status == .exited(0) && used.output.contains("two") && used.output.contains(path))
    let after = try profiles("list", "-o", "json")
    #expect(
      after.output.contains(
        #"{"name":"two","api_url":"https://two.example","edition":"auto","auth":"api-key","label":null,"#
          + #""read_only":false,"default":true}"#))
    let wrong = try profiles("use", "tow")
    #expect(wrong.status == .exited(78) && wrong.errors.contains("did you mean “two”?"))
  }

  @Test func removingNeedsYesWithoutATerminalAndSaysWhenItWasTheDefault() throws {
    _ = try profiles("add", "one", "--api-url", "https://one.example", "--key-env", "ONE")
    _ = try profiles("add", "two", "--api-url", "https://two.example", "--key-env", "TWO")
    let refused = try profiles("remove", "one")
    #expect(refused.status == .exited(64) && refused.errors.contains("--yes"))
    let removed = try profiles("remove", "one", "--yes")
    #expect(removed.output.contains("Removed the profile one from \(path)."))
    #expect(removed.output.contains("skydeck profiles use two"))
    #expect(try profiles("list", "--columns", "name", "--no-header").output == "two\n")
  }

  @Test func onATerminalRemovingAsksAndEnterMeansNo() throws {
    _ = try profiles("add", "one", "--api-url", "https://one.example", "--key-stdin", input: "s3cret-key")
    let declined = try onTerminal("remove", "one")
    try declined.waitFor("Remove it? [y/N]")
    #expect(declined.screen.contains("Its key is kept there alone"))
    try declined.press(.enter)
    #expect(try declined.exitStatus() == .exited(1))
    let confirmed = try onTerminal("remove", "one")
    try confirmed.waitFor("Remove it? [y/N]")
    try confirmed.send("y\r")
    #expect(try confirmed.exitStatus() == .exited(0))
    #expect(try profiles("list", "-o", "json").output == "[]\n")
  }

  @Test func aMissingKeyIsAskedForOnTheTerminalAndNotShown() throws {
    let session = try onTerminal("add", "one", "--api-url", "https://one.example")
    try session.waitFor("The key for https://one.example, which is not shown:")
    try session.send("s3cret-key\r")
    #expect(try session.exitStatus() == .exited(0))
    session.expectNothingOf("s3cret-key")
    #expect(session.screen.contains("Added the profile one"))
    #expect(try TemporaryFile.text(at: path).contains("key: s3cret-key"))
  }

  @Test func ctrlCWhileTheKeyIsAskedForWritesNothingAndTheTerminalEchoesAgain() throws {
    // The shell stays on the terminal and prints the command's status.
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: [
        "-c", #"trap : INT; "$0" profiles add one --api-url https://one.example; echo "left with $?"; stty -a"#,
        BuiltProduct.path(of: "skydeck"),
      ],
      environment: ["XDG_CONFIG_HOME": folder.path])
    try session.waitFor("which is not shown:")
    try session.send("s3cr\u{3}")
    try session.waitFor("left with 130")
    _ = try session.exitStatus()
    session.expectNothingOf("s3cr")
    #expect(session.screen.text.contains(#/[^-]echo /#))
    #expect(access(path, F_OK) != 0)
  }

  @Test func checkingSaysOfEachProfileWhatItsKeyMaySeeOrWhatIsWrong() throws {
    let simulator = try SimulatorProcess()
    _ = try profiles("add", "good", "--api-url", simulator.address, "--key-stdin", input: SimulatorProcess.key)
    _ = try profiles("add", "wrong", "--api-url", simulator.address, "--key-stdin", input: "another")
    _ = try profiles("add", "empty", "--api-url", simulator.address, "--key-env", "NOT_SET")
    let good = try profiles("check", "good", "-o", "json")
    #expect(good.status == .exited(0))
    #expect(good.output.contains(#"{"name":"good","status":"ok","clouds":14,"#))
    let two = try profiles("check", "wrong", "good", "-o", "table")
    #expect(two.status == .exited(77) && two.errors == "")
    #expect(two.lines.first?.hasPrefix("wrong  Sign-in failed: the API key is invalid or expired") == true)
    #expect(two.lines[1].contains(/^good   ok, 14 clouds in \d+ ms$/))
    let all = try profiles("check")
    #expect(all.status == .exited(78))
    #expect(all.lines.count == 5 && all.output.contains("NOT_SET"))
    #expect(!(two.output + all.output).contains("another"))
  }

  @Test(arguments: [
    (["add", "a b", "--api-url", "https://x.example", "--key-env", "K"], 64, "can't be the name of a profile"),
    (["add", "x", "--api-url", "http://x.example", "--key-env", "K"], 64, "--api-url"),
    (["add", "x", "--api-url", "https://x.example"], 64, "--key-stdin"),
    (["add", "x", "--api-url", "https://x.example", "--key-env", "K", "--timeout", "5"], 64, "--timeout is \"5\""),
    (["add", "x", "--api-url", "https://x.example", "--key-env", "K", "--key-file", "f"], 64, "once"),
    (["add", "x", "--api-url", "https://x.example", "--key-env", "K", "--client-id", "c"], 64, "--key-env belongs to"),
    (["add", "x", "--key-env", "K"], 64, "--api-url"),
    (["check"], 78, "skydeck profiles add"),
    (["show", "x"], 78, "no profile “x”"),
    (["show"], 78, "SKYDECK_API_URL"),
    (["list", "--columns", "nam"], 64, "name, api_url"),
  ])
  func whatCannotBeMeantSoIsSaidAndNothingIsWritten(arguments: [String], status: Int32, named: String) throws {
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["profiles"] + arguments, environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(result.status == .exited(status))
    #expect(result.errors.contains(named), "\(result.errors)")
    #expect(access(path, F_OK) != 0)
  }

  @Test func manyAtOnceAreAllKeptAlsoThroughALink() throws {
    try #require(mkdir("\(folder.path)/skydeck", 0o700) == 0)
    try #require(symlink("\(folder.path)/elsewhere.yaml", path) == 0)
    _ = close(open("\(folder.path)/elsewhere.yaml", O_CREAT | O_WRONLY, 0o600))
    let commands = try (1...24).map { number in
      try ShellCommand(
        executable: BuiltProduct.path(of: "skydeck"),
        arguments: ["profiles", "add", "p\(number)", "--api-url", "https://x.example", "--key-env", "K"],
        environment: number.isMultiple(of: 2) ? ["XDG_CONFIG_HOME": folder.path] : ["SKYDECK_CONFIG": path])
    }
    for command in commands {
      let result = try command.result()
      #expect(result.status == .exited(0), "\(result.errors)")
    }
    let listed = try profiles("list", "--columns", "name", "--no-header")
    #expect(Set(listed.lines.dropLast()) == Set((1...24).map { "p\($0)" }))
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(folder.files.map { $0.split(separator: "/").last ?? "" }.sorted() == ["elsewhere.yaml", "skydeck"])
  }

  @Test func aProgramThatIsNotThereIsSaidAndKept() throws {
    let missing = try profiles("add", "one", "--api-url", "https://x.example", "--key-command", "no-such-program get")
    #expect(missing.status == .exited(0))
    #expect(
      missing.errors.contains("The command no-such-program, which should print the key, is not in PATH."))
    #expect(missing.errors.split(separator: "\n").count == 1)
    let path = try profiles(
      "add", "two", "--api-url", "https://x.example", "--client-id", "c", "--token-url", "https://x.example/token",
      "--client-secret-command", "./no-such-program", "-o", "json")
    #expect(path.status == .exited(0) && path.errors.contains("/no-such-program, which"))
    #expect(path.errors.contains("does not exist.") && path.errors.contains("\"exit_status\":0"))
    let there = try profiles("add", "three", "--api-url", "https://x.example", "--key-command", "echo key")
    #expect(there.status == .exited(0) && there.errors == "")
    #expect(try profiles("list", "--columns", "name", "--no-header").output == "one\ntwo\nthree\n")
  }

  @Test func theProgramIsFoundBesideTheFileAndNeverInTheFolderOneIsIn() throws {
    let simulator = try SimulatorProcess()
    try #require(mkdir("\(folder.path)/skydeck", 0o700) == 0)
    func program(_ name: String, printing key: String) throws {
      let descriptor = open("\(folder.path)/\(name)", O_CREAT | O_WRONLY | O_TRUNC, 0o700)
      let text = Array("#!/bin/sh\necho \(key)\nsleep 60 &\n".utf8)
      try #require(write(descriptor, text, text.count) == text.count)
      close(descriptor)
    }
    try program("skydeck/get-key", printing: SimulatorProcess.key)
    try program("get-key", printing: "wrong")
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    let text = Array(
      """
      profiles:
        beside: {api_url: "\(simulator.address)", key_command: ./get-key}
        named: {api_url: "\(simulator.address)", key_command: get-key}

      """.utf8)
    try #require(write(descriptor, text, text.count) == text.count)
    close(descriptor)
    // As in a shell in the folder of another program with that name.
    func check(_ name: String) throws -> ShellCommand.Result {
      try ShellCommand.run(
        "/bin/sh", ["-c", "cd \(folder.path) && exec \"$0\" profiles check \(name)", BuiltProduct.path(of: "skydeck")],
        environment: ["XDG_CONFIG_HOME": folder.path, "PATH": ".::/usr/bin:/bin"])
    }
    let beside = try check("beside")
    #expect(beside.status == .exited(0), "\(beside.output)")
    let named = try check("named")
    #expect(named.status == .exited(78) && named.output.contains("is not in PATH"))
    for mode in [0o660, 0o606] as [mode_t] {
      chmod(path, mode)
      let refused = try check("beside")
      #expect(refused.status == .exited(78), "\(refused.output)")
    }
    chmod(path, 0o600)
    chmod("\(folder.path)/skydeck", 0o770)
    #expect(try check("beside").output.contains("chmod go-w \(folder.path)/skydeck"))
    chmod("\(folder.path)/skydeck", 0o1777)
    #expect(try check("beside").status == .exited(0))
  }

  @Test func anotherFileIsChangedWhereOneIsNamedAndTheNamesInItComplete() throws {
    let other = "\(folder.path)/other.yaml"
    let added = try profiles(
      "add", "elsewhere", "--config", other, "--api-url", "https://x.example", "--key-env", "K")
    #expect(added.output.contains("to \(other)"))
    #expect(access(path, F_OK) != 0)
    let again = try profiles(
      "add", "elsewhere", "--config", other, "--api-url", "https://x.example", "--key-env", "K")
    #expect(again.status == .exited(78) && again.errors.contains("already"))
    let names = try SkydeckCommand.run(
      "---completion", "profiles", "show", "--", "name", "3", "0", "skydeck", "profiles", "show", "",
      environment: ["SKYDECK_CONFIG": other])
    #expect(names.output.contains("elsewhere"))
  }
}

extension TerminalSession {
  /// Expects the secret neither on the screen nor anywhere in the output.
  fileprivate func expectNothingOf(_ secret: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let written = String(decoding: output(since: 0), as: UTF8.self)
    #expect(!written.contains(secret) && !screen.contains(secret), sourceLocation: sourceLocation)
  }
}
