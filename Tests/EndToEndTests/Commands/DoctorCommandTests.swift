import FoundationEssentials
import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// `skydeck doctor`
@Suite(.story) struct DoctorCommandTests {
  struct Finding: Decodable {
    let check: String
    let status: String
    let detail: String
    let advice: String?
  }

  private struct Diagnosis {
    let status: TerminalTestSupport.ExitStatus
    let findings: [Finding]
    let output: String

    subscript(check: String) -> Finding? { findings.first { $0.check == check } }
  }

  private func doctor(
    _ address: String, _ arguments: String..., key: String = SimulatorProcess.key,
    environment: [String: String] = [:]
  ) throws -> Diagnosis {
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["doctor", "-o", "json"] + arguments,
      environment: ["SKYDECK_API_URL": address, "SKYDECK_API_KEY": key].merging(environment) { $1 })
    #expect(result.errors == "")
    #expect(!result.output.contains(key))
    let findings = try JSONDecoder().decode([Finding].self, from: Data(result.output.utf8))
    return Diagnosis(status: result.status, findings: findings, output: result.output)
  }

  @Test func aServiceThatIsWellIsOkInEveryStepAndNothingIsWrittenToIt() throws {
    let folder = try TemporaryFolder()
    let ca = "\(folder.path)/ca.pem"
    let simulator = try SimulatorProcess("--tls", "--tls-ca-file", ca)
    let home = ["HOME": folder.path, "SKYDECK_CA_FILE": ca]
    let diagnosis = try doctor(simulator.address, environment: home)
    #expect(diagnosis.status == .exited(0), "\(diagnosis.output)")
    #expect(diagnosis.findings.allSatisfy { $0.status == "ok" || $0.check == "terminal" }, "\(diagnosis.output)")
    #expect(diagnosis["name resolution"]?.detail.hasPrefix("localhost is ") == true)
    #expect(diagnosis["TLS"]?.detail.hasPrefix("TLS 1.3") == true)
    #expect(
      diagnosis["certificate"]?.detail.contains(
        #/^CN=localhost, issued by CN=skydeck-simulator test authority, good until \d{4}-\d\d-\d\d, (89|90) days\.$/#)
        == true)
    #expect(diagnosis["sign-in"]?.detail.contains("14 clouds") == true)
    #expect(diagnosis["rights"]?.detail.contains("cloud:read yes, org:manage yes") == true)
    #expect(diagnosis["edition found"]?.detail.hasPrefix("classic") == true)
    #expect(diagnosis["round trip"]?.detail.contains("5 readings") == true)
    #expect(folder.files == [ca])
  }

  @Test func onlyReadsAreSent() throws {
    let simulator = try SimulatorProcess("--edition", "current")
    let diagnosis = try doctor(simulator.address)
    #expect(diagnosis.status == .exited(0))
    #expect(diagnosis["edition found"]?.detail.hasPrefix("current") == true)
    #expect(try simulator.service.requests().allSatisfy { $0.method == "GET" })
  }

  @Test func aKeyWithFewScopesIsAWarningThatNamesThem() throws {
    let simulator = try SimulatorProcess("--key", "reader:cloud:read")
    let diagnosis = try doctor(simulator.address, key: "reader")
    #expect(diagnosis.status == .exited(0))
    #expect(diagnosis["rights"]?.status == "warning")
    #expect(diagnosis["rights"]?.detail.contains("cloud:read yes, org:manage no; cloud:manage can't be checked") == true)
    #expect(diagnosis["rights"]?.advice?.contains("org:manage") == true)
  }

  @Test func aWrongKeyIsStatus77() throws {
    let simulator = try SimulatorProcess()
    let diagnosis = try doctor(simulator.address, key: "wrong-key")
    #expect(diagnosis.status == .exited(77))
    #expect(diagnosis["sign-in"]?.status == "failure")
    #expect(diagnosis["rights"] == nil)
  }

  @Test func anAuthorityThatIsNotTrustedIsNamedWithTheSettingThatTrustsIt() throws {
    let simulator = try SimulatorProcess("--tls")
    let diagnosis = try doctor(simulator.address)
    #expect(diagnosis.status == .exited(69))
    #expect(diagnosis["trust"]?.status == "failure")
    #expect(diagnosis["trust"]?.detail.contains("CN=skydeck-simulator test authority") == true)
    #expect(diagnosis["trust"]?.advice?.contains("ca_file") == true)
    #expect(diagnosis["sign-in"] == nil)
  }

  @Test func aCertificateThatHasEndedOrIsForAnotherHostIsSaidToBe() throws {
    let folder = try TemporaryFolder()
    let old = try SimulatorProcess("--tls", "--tls-expired")
    let expired = try doctor(old.address)
    #expect(expired.status == .exited(69))
    #expect(expired["certificate"]?.detail.contains("it ended on ") == true)
    let ca = "\(folder.path)/ca.pem"
    let other = try SimulatorProcess("--tls", "--tls-ca-file", ca, "--tls-host", "other.example")
    let diagnosis = try doctor(other.address, environment: ["SKYDECK_CA_FILE": ca])
    #expect(diagnosis.status == .exited(69))
    #expect(diagnosis["trust"]?.detail == "The certificate isn't for localhost: it is for other.example.")
  }

  @Test func whereNobodyListensTheConnectionFailsAndNothingMoreIsTried() throws {
    let simulator = try SimulatorProcess()
    simulator.stop()
    let diagnosis = try doctor(simulator.address)
    #expect(diagnosis.status == .exited(69))
    #expect(diagnosis["connection"]?.detail.contains("Connection refused") == true)
    #expect(diagnosis["TLS"] == nil)
    let nowhere = try doctor("https://nowhere.invalid")
    #expect(nowhere.status == .exited(69))
    #expect(nowhere["name resolution"]?.status == "failure")
    try simulator.restart()
    let plain = try doctor("https://localhost:\(simulator.port)")
    #expect(plain.status == .exited(69))
    #expect(plain["TLS"]?.status == "failure")
  }

  @Test func aServiceWithAnotherTimeIsAWarning() throws {
    let server = try ScriptedServer(
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
        + "Content-Length: 2\r\nConnection: close\r\n\r\n[]")
    let diagnosis = try doctor(server.address)
    #expect(diagnosis.status == .exited(0), "\(diagnosis.output)")
    #expect(diagnosis["clock"]?.status == "warning")
    #expect(diagnosis["clock"]?.detail.contains("ahead of the service's") == true)
    #expect(diagnosis["rights"]?.status == "skipped")
  }

  @Test(arguments: [
    ("UTF-8", "UTF-8 is not installed: C.UTF-8, UTF-8 is used instead.", "ok"),
    ("xx_XX.utf8", "xx_XX.utf8 is not installed: C.UTF-8, UTF-8 is used instead.", "ok"),
    ("", "No locale is named: C.UTF-8, UTF-8 is used.", "ok"), ("C.UTF-8", "C.UTF-8, UTF-8.", "ok"),
    ("xx_XX", "xx_XX is not installed: C, ANSI_X3.4-1968 is used instead.", "warning"),
    ("C", "C, ANSI_X3.4-1968.", "warning"),
  ])
  func theLocaleIsTheOneThatIsUsed(named: String, detail: String, status: String) throws {
    let diagnosis = try doctor("https://x.example", "--config", "/nowhere", environment: ["LANG": named])
    #expect(diagnosis["locale"]?.detail == detail)
    #expect(diagnosis["locale"]?.status == status)
  }

  @Test func settingsThatCannotBeUsedAreStatus78AndTheTerminalIsStillLookedAt() throws {
    let file = try TemporaryFile("profiles:\n  live:\n    api_ulr: https://live.example\n")
    let wrong = try doctor("https://x.example", "--config", file.path)
    #expect(wrong.status == .exited(78))
    #expect(wrong["configuration"]?.detail.contains("line 3, column 5") == true)
    #expect(wrong["locale"]?.status == "ok")
    let simulator = try SimulatorProcess()
    let missing = try TemporaryFile("profiles:\n  live:\n    api_url: \(simulator.address)\n    key_env: NOT_SET\n")
    let diagnosis = try doctor("", "--config", missing.path, "--profile", "live")
    #expect(diagnosis.status == .exited(78))
    #expect(diagnosis["key source"]?.detail.contains("NOT_SET") == true)
    #expect(diagnosis["connection"]?.status == "ok")
    #expect(diagnosis["sign-in"]?.status == "skipped")
  }

  @Test func aClientThatGetsNoTokenIsStatus77() throws {
    let simulator = try SimulatorProcess("--client", "me:right")
    func file(_ secret: String) throws -> TemporaryFile {
      try TemporaryFile(
        """
        profiles:
          live:
            api_url: \(simulator.address)
            auth: client-credentials
            client_id: me
            client_secret_command: [printf, \(secret)]
            token_url: \(simulator.address)/auth/realms/bimdata/protocol/openid-connect/token
        """)
    }
    let right = try file("right")
    let well = try doctor("", "--config", right.path, "--profile", "live")
    #expect(well.status == .exited(0), "\(well.output)")
    #expect(well["sign-in"]?.detail.contains("gives a token") == true)
    let wrong = try file("wrong-secret")
    let ill = try doctor("", "--config", wrong.path, "--profile", "live")
    #expect(ill.status == .exited(77))
    #expect(ill["sign-in"]?.advice?.contains("client_secret") == true)
    #expect(!ill.output.contains("wrong-secret"))
  }

  @Test func onATerminalEveryStepIsALineWithItsMarkAndTheTerminalIsLookedAt() throws {
    let simulator = try SimulatorProcess()
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: ["doctor"],
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key],
      size: Size(columns: 80, rows: 50))
    #expect(try session.exitStatus() == .exited(0))
    let rows = session.screen.rows
    #expect(rows.contains { $0.contains(/^ok +sign-in +The key is accepted: it may see 14 clouds\.$/) })
    #expect(rows.contains { $0.contains(/^ok +terminal +xterm-256color: 256 colours\.$/) })
    #expect(rows.contains { $0.contains(/^ok +size +80 columns, 50 rows\.$/) })
    #expect(rows.contains { $0.contains(/^ok +clipboard +Probably/) })
  }

  @Test func ctrlCEndsItWhileTheServiceIsSilent() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-before:GET")
    let command = try SkydeckCommand.started(on: simulator, "doctor", "-o", "table")
    try simulator.waitForRequest("GET", "/cloud")
    command.send(signal: SIGINT)
    let result = try command.result(within: .seconds(5))
    #expect(result.status == .exited(130))
    #expect(result.output.contains("connection") && !result.output.contains("sign-in"))
    #expect(result.errors == "")
  }
}
