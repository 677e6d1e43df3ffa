import TerminalTestSupport
import TerminalUI
import Testing

@Suite struct RefusedTerminalTests {
  @Test(arguments: [
    ("dumb", "The terminal \"dumb\" (TERM) can't show a full screen."),
    ("nonsense", "The terminal \"nonsense\" (TERM) is not known here; try TERM=xterm-256color."),
    ("", "TERM is not set: the kind of terminal is not known."),
  ])
  func aTerminalThatCannotShowFramesIsRefusedInWords(name: String, message: String) throws {
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "terminal-probe"), environment: ["TERM": name])
    try session.waitFor(message)
    #expect(try session.exitStatus() == .exited(78))
  }

  @Test func aPipeIsNoTerminal() throws {
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: ["-c", "\"$0\" </dev/null; echo status $?", BuiltProduct.path(of: "terminal-probe")])
    try session.waitFor("Standard input and output must be a terminal.")
    try session.waitFor("status 78")
  }
}
