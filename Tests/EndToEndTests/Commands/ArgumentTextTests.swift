import Glibc
import TerminalTestSupport
import Testing

/// Bytes in a command line and in the environment that aren't UTF-8.
@Suite(.story) struct ArgumentTextTests {
  /// Runs skydeck through a shell, in which `printf` creates the bytes.
  private func run(
    _ command: String, on simulator: SimulatorProcess, environment: [String: String] = [:]
  ) throws -> ShellCommand.Result {
    try ShellCommand.run(
      "/bin/sh", ["-c", command, BuiltProduct.path(of: "skydeck")],
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key]
        .merging(environment) { $1 })
  }

  @Test(arguments: [
    #""$0" clouds create --name "`printf 'Ren\351e'`""#, #""$0" clouds update 3 --name="`printf '\377'`""#,
    #""$0" invitations send 3 "`printf 'ren\351e@example.com'`" --redirect-uri https://example.com"#,
    #""$0" profiles add x --label "`printf '\303'`""#, #""$0" --demo --cloud "`printf '\351'`""#,
  ])
  func anArgumentThatIsNoTextIsRefusedAndNothingIsSent(command: String) throws {
    let simulator = try SimulatorProcess()
    let result = try run(command, on: simulator)
    #expect(result.status == .exited(64))
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("skydeck: An argument is not UTF-8 text, so nothing was done: "))
    #expect(result.errors.contains(#/\\x(e9|ff|c3)/#))
    #expect(try simulator.service.requests().isEmpty)
  }

  @Test func theSameInJSON() throws {
    let simulator = try SimulatorProcess()
    let result = try run(#""$0" clouds create -o json --name "`printf '\351'`""#, on: simulator)
    #expect(result.status == .exited(64))
    #expect(result.errors.contains(#""code":"usage""#))
  }

  @Test func aVariableThatIsNoTextIsNamed() throws {
    let simulator = try SimulatorProcess()
    let result = try run(
      #"SKYDECK_REDIRECT_URI="https://example.com/`printf '\351'`" "$0" invitations send 3 a@example.com"#,
      on: simulator)
    #expect(result.status == .exited(78))
    #expect(result.errors == "skydeck: The variable SKYDECK_REDIRECT_URI is not UTF-8 text.\n")
    #expect(try simulator.service.requests().isEmpty)
  }

  @Test(.enabled(if: BuiltLocale.canBeBuilt, "localedef and its sources are not installed"))
  func inALocaleOfAnotherEncodingTheyAreTheLettersThatTheyAreThere() throws {
    let locale = try BuiltLocale("fr_FR", "ISO-8859-1")
    let simulator = try SimulatorProcess()
    for name in [#"Ren\351e"#, #"Ren\303\251e"#] {
      let result = try run(
        #""$0" clouds update 3 --name "`printf '\#(name)'`""#, on: simulator, environment: locale.environment)
      #expect(result.status == .exited(0), "\(result.errors)")
      #expect(try simulator.service.name(of: 3) == "Renée")
    }
  }
}
