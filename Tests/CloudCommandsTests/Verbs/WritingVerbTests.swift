import CloudCommands
import CloudSimulator
import CommandTestSupport
import Testing

/// Tests of verbs that write: what they send, once, and what they print.
@Suite struct WritingVerbTests {
  @Test(arguments: Verb.changes) func itIsSentOnceAndThePrintedRecordIsTheNewOne(verb: Verb) async throws {
    let result = try await ShellUnderTest().run(verb.words + ["-o", "csv"])
    #expect(result.writes == [verb.request])
    #expect(result.output == verb.csv)
    #expect(result.status == 0 && result.errors == "")
  }

  @Test(arguments: Verb.changes) func jsonIsTheServicesOwnAnswer(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(verb.words + ["-o", "json"])
    #expect(result.writes == [verb.request])
    if let path = verb.path {
      #expect(result.output == (await shell.read(path)) + "\n")
    } else {
      #expect(result.output.hasPrefix(#"{"id":1"#) && result.output.hasSuffix("}\n"), "\(result.output)")
    }
    #expect(result.status == 0 && result.errors == "")
  }

  @Test(arguments: Verb.changes) func aPersonReadsWhatWasDone(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(verb.words, by: .person())
    guard verb.table.isEmpty else {
      #expect(result.output == verb.table)
      return
    }
    // The output is the same as that of the verb that gets the record.
    let place = try #require(verb.path).split(separator: "/").filter { Int($0) != nil }
    #expect(result.output == (await shell.run([verb.words[0], "get"] + place.map(String.init), by: .person())).output)
    #expect(result.status == 0 && result.errors == "")
  }

  @Test(arguments: Verb.writes) func aDryRunShowsTheRequestAndSendsNothing(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "401")
    let text = await shell.run(verb.words + ["--dry-run"])
    #expect(text.output == verb.request + "\n")
    #expect(text.status == 0 && text.errors == "")
    let json = await shell.run(verb.words + ["--dry-run", "-o", "json"])
    let parts = verb.request.split(separator: " ", maxSplits: 2)
    #expect(
      json.output
        == "{\"method\":\"\(parts[0])\",\"path\":\"\(parts[1])\",\"body\":\(parts.count > 2 ? parts[2] : "null")}\n")
    #expect(await shell.simulator.requests.isEmpty)
  }

  @Test(arguments: Verb.writes) func aServiceThatIsOnlyReadIsNotWrittenTo(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(verb.words + ["--read-only"], by: .person())
    #expect(result.status == 77)
    #expect(result.output == "" && result.errors.contains("read-only"), "\(result.errors)")
    #expect(await shell.simulator.requests.isEmpty)
  }

  @Test(arguments: Verb.writes.filter { $0.name != "clouds create" })
  func whatThereIsNotIsNotChanged(verb: Verb) async throws {
    let result = try await ShellUnderTest().run(verb.elsewhere + ["--settle", "0"])
    #expect(result.status == 1 && !result.output.contains("999"))
    #expect(result.errors.contains(": Not found, or hidden from this key"), "\(result.errors)")
    #expect(result.writes.count == 1)
  }

  @Test(arguments: Verb.writes) func aRefusalIsSaidWithItsStatus(verb: Verb) async throws {
    for (fault, status, code) in [
      ("403", 77, "forbidden"), ("402", 1, "payment_required"), ("429", 75, "rate_limited"),
    ] {
      let shell = try await ShellUnderTest(faults: "\(fault):POST,PATCH,PUT,DELETE")
      let result = await shell.run(verb.words + ["-o", "json", "--settle", "0"])
      #expect(result.status == status, "\(result.errors)")
      #expect(result.output == (verb.name == "invitations send" ? result.output : ""))
      #expect(result.errors.contains("\"code\":\"\(code)\",\"exit_status\":\(status)"), "\(result.errors)")
      #expect(result.writes == [verb.request])
    }
  }

  @Test func whatTheServiceSaysOfAFieldIsSaidOfIt() async throws {
    let shell = try await ShellUnderTest()
    let text = await shell.run("clouds", "create", "--name", "")
    #expect(text.status == 1 && text.output == "" && text.errors.contains("name"), "\(text.errors)")
    let json = await shell.run("processors", "create", "5", "--name", "svg", "--parent", "999", "-o", "json")
    #expect(json.status == 1 && json.errors.contains(#""fields":{"parent_processors":["#), "\(json.errors)")
  }

  @Test(arguments: [
    (["processors", "update", "5", "52"], "Nothing to change"),
    (["processors", "update", "5", "52", "--parent", "51", "--no-parents"], "exclude each other"),
    (["users", "update", "7", "161", "--role", "boss"], "'boss' is invalid"),
    (["clouds", "update", "..", "--name", "N"], "'..' is invalid"),
    (["clouds", "update", "7"], "Missing expected argument '--name <name>'"),
    (["clouds", "delete", "7", "--yes", "--settle=3601"], "--settle takes 0 to 3600 seconds."),
  ])
  func whatCannotBeMeantSoIsRefused(words: [String], reason: String) async throws {
    let shell = try await ShellUnderTest()
    let text = await shell.run(words)
    #expect(text.status == 64 && text.output == "")
    #expect(text.errors.hasPrefix("skydeck: ") && text.errors.contains(reason), "\(text.errors)")
    #expect(text.errors.hasSuffix("--help' for more information.\n"))
    let json = await shell.run(words + ["-o", "json"])
    #expect(json.status == 64)
    #expect(json.errors.hasPrefix(#"{"error":{"code":"usage","exit_status":64,"message":""#))
    #expect(await shell.simulator.requests.isEmpty)
  }

  @Test func whereTheEditionIsNotKnownADryRunSaysWhichItShows() async throws {
    var shell = try await ShellUnderTest()
    shell.variables["SKYDECK_EDITION"] = nil
    let result = await shell.run("users", "update", "7", "161", "--role", "admin", "--dry-run")
    #expect(result.output == "PATCH /cloud/7/user/161 {\"role\":100}\n")
    #expect(result.status == 0)
    #expect(result.errors.contains("shown is the request of the classic edition") == !result.errors.isEmpty)
    #expect(await shell.simulator.requests.isEmpty)
  }
}
