import TerminalTestSupport
import Testing

/// Whatever goes wrong between a command and the service, nothing is done twice.
@Suite(.story) struct NeverTwiceTests {
  private static let faults = [
    "latency=50", "drip=20/1", "429=0", "500", "500-after", "502", "502-after", "503", "504", "504-after", "401", "402",
    "403", "reset-before", "reset-after", "reset-late=1", "truncated=1", "malformed", "html", "wrong-type", "refused",
  ]

  @Test(arguments: faults)
  func noWriteIsAppliedTwiceForOneCommand(fault: String) throws {
    for command in EveryCommand.writes {
      let simulator = try SimulatorProcess("--fault", "\(fault):POST,PATCH,PUT,DELETE")
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), command + ["-o", "json", "--settle", "0"],
        environment: [
          "SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key, "SKYDECK_EDITION": "classic",
        ])
      let writes = try simulator.service.requests().filter { $0.method != "GET" }
      #expect(writes.count <= 1, "\(fault) \(command): \(writes)")
      // The command's message agrees with the service's state.
      let isApplied = writes.contains(where: \.applied)
      switch result.status {
      case .exited(0): #expect(isApplied, "\(fault) \(command)")
      case .exited(69):
        #expect(!isApplied || result.errors.contains("outcome_unknown"), "\(fault) \(command): \(result.errors)")
      default: #expect(!isApplied, "\(fault) \(command): \(result.errors)")
      }
    }
  }
}
