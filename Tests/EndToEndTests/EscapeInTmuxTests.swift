import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// A user in tmux with its default settings: after Esc it waits for half a second, and sends what is typed meanwhile
/// together with it.
@Suite(.story) struct EscapeInTmuxTests {
  @Test(arguments: ["2D", "2  D", "3D", "3R", "M"], [["\u{1B}", "j", "y"], ["\u{1B}", "\u{1B}[B", "y", "\r"]])
  func aQuestionThatWasLeftIsNotConfirmed(opening: String, keys: [String]) throws {
    let simulator = try SimulatorProcess()
    let console = try ConsoleInTmux(simulator)
    try console.type(opening.map { String($0) })
    try console.session.waitFor("Enter cancel")
    try console.session.waitFor("Just re-checked")
    try console.type(keys)
    try console.session.waitUntilGone("Enter cancel")
    try console.expectNoWrites(simulator)
  }

  @Test func aFormThatWasLeftIsNotSent() throws {
    let simulator = try SimulatorProcess()
    let console = try ConsoleInTmux(simulator)
    try console.type(["e"])
    try console.session.waitFor("╭ Edit ")
    try console.type([" ", "I", "\u{1B}", "q", "\r"])
    // The form asks whether to lose what was typed, and Enter doesn't confirm that.
    try console.session.waitFor("Enter save")
    try console.session.waitFor("Gare du Nord, extension I")
    try console.type(["\u{1B}"])
    try console.session.waitFor("Discard your input?")
    try console.type(["y"])
    try console.session.waitUntilGone("╭ Edit ")
    try console.expectNoWrites(simulator)
  }

  @Test func whatIsTypedAfterAFilterWasLeftIsWhatItLooksLike() throws {
    let simulator = try SimulatorProcess()
    let console = try ConsoleInTmux(simulator)
    try console.type(["/", "t", "o", "w", "\u{1B}", "/", "c", "e", "\r"])
    try console.session.waitFor("/ce")
    try console.session.waitUntilGone("╭ Create a cloud")
    try console.type(["/", "\u{1B}", ":", "c", "r", "e"])
    try console.session.waitFor("╭ Commands")
    try console.session.waitFor(": cre")
    try console.type(["\u{1B}", "j", "\r"])
    try console.session.waitUntilGone("╭ Commands")
    try console.expectNoWrites(simulator)
  }

  @Test func keysAfterEscDoTheirJob() throws {
    let simulator = try SimulatorProcess()
    let console = try ConsoleInTmux(simulator)
    try console.type(["?", "\u{1B}", "j"])
    try console.session.waitFor("▸ 東京駅")
    try console.type(["L", "\u{1B}", "\u{1B}[B"])
    try console.session.waitFor("▸ Haussmann Tower")
    try console.type(["\r", "\u{1B}", "S"])
    try console.session.waitFor("╭ Sizes")
    try console.type(["\u{1B}", "P"])
    try console.session.waitFor("╭ Profiles")
    try console.expectNoWrites(simulator)
  }
}

/// The console in tmux, which draws on a terminal of the test.
private final class ConsoleInTmux {
  let session: TerminalSession
  private let socket: String

  init(_ simulator: SimulatorProcess) throws {
    socket = "skydeck-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    session = try TerminalSession(
      executable: "/usr/bin/env",
      arguments: ["tmux", "-L", socket, "-f", "/dev/null", "new-session", BuiltProduct.path(of: "skydeck")],
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key, "TZ": "UTC"],
      size: Size(columns: 120, rows: 35))
    try session.waitUntil("everything is loaded (is tmux installed?)") { screen in
      screen.contains("38 % of total") && screen.text.contains(/4 Processors.* \d+ [╮╯]/)
    }
  }

  deinit {
    _ = try? ShellCommand.run("/usr/bin/env", ["tmux", "-L", socket, "kill-server"])
  }

  /// Types keys as a person does, one after the other.
  func type(_ keys: [String]) throws {
    for key in keys {
      try session.send(key)
      try session.waitUntilQuiet(for: .milliseconds(150))
    }
  }

  /// Expects that the service received only reads.
  func expectNoWrites(_ simulator: SimulatorProcess) throws {
    #expect(try simulator.service.requests().allSatisfy { $0.method == "GET" })
  }
}
