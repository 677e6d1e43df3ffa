import CloudCommands
import CommandTestSupport
import NIOCore
import NIOPosix
import Testing

/// Tests of `skydeck doctor`: connections go to a listener of the test, requests to the simulator.
@Suite(.timeLimit(.minutes(2))) struct DoctorVerbTests {
  private static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  private func doctor(
    _ words: String..., by caller: ShellUnderTest.Caller = .script(), variables: [String: String] = [:],
    faults: String? = nil
  ) async throws -> ShellUnderTest.Result {
    let listener = try await ServerBootstrap(group: Self.eventLoops).bind(host: "127.0.0.1", port: 0).get()
    var shell = if let faults { try await ShellUnderTest(faults: faults) } else { try await ShellUnderTest() }
    shell.variables["SKYDECK_API_URL"] = "http://127.0.0.1:\(listener.localAddress?.port ?? 0)"
    shell.variables.merge(variables) { $1 }
    let result = await shell.run(["doctor"] + words, by: caller)
    try await listener.close()
    return result
  }

  @Test func aServiceThatIsWellIsOkInEveryStepAndIsNotWrittenTo() async throws {
    let result = try await doctor("-o", "csv", "--columns", "check,status", variables: ["LANG": "C.UTF-8"])
    #expect(
      result.lines == [
        "check,status", "configuration,ok", "api_url,ok", "auth,ok", "key,ok", "edition,ok",
        "concurrency,ok", "read_only,ok", "key source,ok", "way,ok",
        "name resolution,ok", "connection,ok", "TLS,ok", "sign-in,ok", "clock,skipped", "rights,ok", "edition found,ok",
        "round trip,ok", "locale,ok", "terminal,skipped",
      ])
    #expect(result.status == 0 && result.errors == "" && result.writes.isEmpty)
  }

  @Test func aPersonReadsALineForEachAndOfTheTerminalToo() async throws {
    let result = try await doctor(
      by: .person(), variables: ["LANG": "C.UTF-8", "TERM": "xterm-256color", "NO_COLOR": "1"])
    #expect(result.lines.contains("ok       sign-in           The key is accepted: it may see 14 clouds."))
    #expect(result.lines.contains("ok       size              80 columns, 24 rows."))
    #expect(result.lines.contains("ok       locale            C.UTF-8, UTF-8."))
    #expect(result.lines.allSatisfy { $0.count <= 80 })
    #expect(result.status == 0 && result.errors == "")
  }

  @Test func aWrongKeyIsStatus77AndSaysNothingOfRights() async throws {
    let result = try await doctor("-o", "json", variables: ["SKYDECK_API_KEY": "wrong-key"])
    #expect(result.status == 77)
    #expect(result.output.contains(#"{"check":"sign-in","status":"failure""#), "\(result.output)")
    #expect(!result.output.contains("rights") && !result.output.contains("wrong-key"))
  }

  @Test func aKeyWithFewScopesIsWarnedOf() async throws {
    let result = try await doctor("-o", "csv", faults: "403:GET:/cloud/*/invitation")
    #expect(result.output.contains("rights,warning,\"In cloud 1: cloud:read yes, org:manage no;"), "\(result.output)")
    #expect(result.status == 0)
  }

  @Test func settingsThatCannotBeUsedAreStatus78AndNothingIsTried() async throws {
    let result = try await doctor("-o", "csv", variables: ["SKYDECK_TIMEOUT": "soon"])
    #expect(result.status == 78)
    #expect(result.output.contains("settings,failure,") && !result.output.contains("connection"))
    let file = try await doctor("-o", "csv", variables: ["SKYDECK_CONFIG": "/nowhere/config.yaml"])
    #expect(file.status == 78 && file.output.contains("configuration,failure,"), "\(file.output)")
  }

  @Test func theDemoIsNeverIll() async throws {
    let result = try await doctor("--demo")
    #expect(result.status == 64 && result.errors.contains("The demo needs no checks"))
  }
}
