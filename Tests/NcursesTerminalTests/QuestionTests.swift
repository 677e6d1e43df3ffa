import TerminalTestSupport
import TerminalUI
import Testing

/// The queries to the terminal, and the effects of its answers, whenever they arrive.
@Suite struct QuestionTests {
  private func probe(
    _ identity: TerminalIdentity = .init(), environment: [String: String] = [:]
  ) throws -> TerminalSession {
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "terminal-probe"), environment: environment)
    session.identity = identity
    return session
  }

  private func identity(background: String? = nil, modes: Set<Int> = [], answers: Bool = true) -> TerminalIdentity {
    var identity = TerminalIdentity()
    identity.background = background
    identity.modes = modes
    identity.answers = answers
    return identity
  }

  @Test func aLightBackgroundMakesTheThemeLightWithoutAFlicker() throws {
    let session = try probe(identity(background: "rgb:ffff/ffff/ffff"))
    try session.waitUntil("the accent is that of the light theme") { $0.style(of: "Probe")?.foreground == 25 }
    try session.waitUntilQuiet()
    let output = String(decoding: session.output(since: 0), as: UTF8.self)
    #expect(output.ranges(of: "\u{1B}[2J").count <= 1)
    #expect(output.ranges(of: "東京 item 5").count == 1)
    #expect(session.emulator.unknown == [])
  }

  @Test func aDarkBackgroundMakesItDark() throws {
    let session = try probe(identity(background: "rgb:1e1e/1e1e/1e1e"))
    try session.waitUntil("the accent is that of the dark theme") { $0.style(of: "Probe")?.foreground == 75 }
  }

  @Test func theEnvironmentTellsItFromTheStart() throws {
    let session = try probe(identity(answers: false), environment: ["COLORFGBG": "0;15"])
    #expect(try session.waitFor("ready").style(of: "Probe")?.foreground == 25)
  }

  @Test func aThemeThatIsSetStaysAndTheBackgroundIsNotAskedFor() throws {
    let session = try probe(identity(background: "rgb:ffff/ffff/ffff"), environment: ["NO_COLOR": "1"])
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    #expect(!String(decoding: session.output(since: 0), as: UTF8.self).contains("\u{1B}]11"))
    #expect(session.screen.style(of: "Probe")?.foreground == nil)
  }

  @Test(arguments: [true, false])
  func whetherOutputIsSynchronizedIsKnownWhenItIsAnswered(knows: Bool) throws {
    let session = try probe(identity(modes: knows ? [2026] : []))
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    try session.press(.character("y"))
    try session.waitFor("synchronizes: \(knows)")
  }

  @Test(arguments: [true, false])
  func aLargeChangeIsShownAtOnceWhereTheTerminalKnowsHow(knows: Bool) throws {
    let session = try probe(identity(modes: knows ? [2026] : []))
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    let mark = session.mark
    try session.press(.control("l"))
    try session.waitUntilQuiet()
    let whole = String(decoding: session.output(since: mark), as: UTF8.self)
    #expect(whole.hasPrefix("\u{1B}[?2026h") == knows)
    #expect(whole.contains("\u{1B}[?2026l") == knows)
    try session.press(.down)
    try session.waitUntilQuiet()
    let output = String(decoding: session.output(since: mark), as: UTF8.self)
    // A cursor movement arrives in one piece anyway.
    #expect(output.ranges(of: "\u{1B}[?2026h").count <= (knows ? 2 : 0))
    #expect(output.ranges(of: "\u{1B}[?2026l").count == output.ranges(of: "\u{1B}[?2026h").count)
    #expect(session.emulator.unknown == [])
  }

  @Test(arguments: [true, false])
  func textIsPutInOrderWhereTheTerminalLeavesThatToPrograms(knows: Bool) throws {
    var identity = TerminalIdentity()
    identity.knowsOrder = knows
    let session = try probe(identity)
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    #expect(!session.emulator.ordersText)
    try session.send("r")
    let (typed, seen) = ("\u{5E9}\u{5DC}\u{5D5}\u{5DD}", "\u{5DD}\u{5D5}\u{5DC}\u{5E9}")
    try session.waitFor(knows ? seen : typed)
    try session.send("q")
    try session.waitFor("bye")
    #expect(session.emulator.ordersText)
    #expect(session.emulator.unknown == [])
  }

  @Test func answersInPiecesAndLateAreNoKeys() throws {
    let session = try probe(identity(answers: false))
    try session.waitFor("ready")
    try session.send("\u{1B}")
    // Reported as a key, but still the possible start of a sequence.
    try session.waitFor("Key.escape")
    for piece in ["[?2026;", "2$", "y\u{1B}]11;rgb:ffff", "/ffff/ffff\u{1B}", "\\\u{1B}[?6", "4;1c"] {
      try session.send(piece)
      // Pieces that are read together only prove less. Half a second between them would be too long.
      try session.waitUntilQuiet(for: .milliseconds(20))
    }
    try session.waitUntil("the theme is light") { $0.style(of: "Probe")?.foreground == 25 }
    try session.press(.character("y"))
    try session.waitFor("synchronizes: true")
  }

  @Test(arguments: ["linux", "vt100", "screen"])
  func whoCannotKnowIsNotAsked(terminal: String) throws {
    let session = try probe(environment: ["TERM": terminal])
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    let output = String(decoding: session.output(since: 0), as: UTF8.self)
    #expect(!output.contains("\u{1B}[?2026$p") && !output.contains("\u{1B}]11") && !output.contains("\u{1B}[c"))
  }

  @Test(arguments: [0, 500]) func anAnswerThatComesWhileLeavingIsNotTypedIntoTheShell(delay: Int) throws {
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: [
        "-c", "\"$0\"; echo back; read -r line; echo \"read <$line>\"", BuiltProduct.path(of: "terminal-probe"),
      ])
    session.identity = identity(answers: false)
    try session.waitFor("ready")
    try session.send("q")
    // Over a slow line the answer takes a while.
    if delay > 0 { try session.waitUntilQuiet(for: .milliseconds(delay)) }
    try session.send("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}[?1;2c")
    try session.waitFor("back")
    try session.send("typed\n")
    try session.waitFor("read <typed>")
  }

  /// The probe with a program that prints what it reads.
  private func probeWithReader() throws -> TerminalSession {
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "terminal-probe"),
      arguments: ["sh", "-c", "echo from the child; read -r line; echo \"got <$line>\"; read -r line"])
    try session.waitFor("ready")
    // The queries have been answered: the probe waits for nothing any more.
    try session.waitUntilQuiet()
    return session
  }

  @Test func ofAnAnswerThatAnotherProgramLeftHalfThereTheRestIsNoKey() throws {
    let session = try probeWithReader()
    try session.press(.character("!"))
    try session.waitFor("from the child")
    // The program's own query, which is answered only partly before it ends.
    try session.send("one\ntwo\n\u{1B}]11;rgb:ffff/")
    try session.waitFor("status: 0")
    try session.send("qqqq/ffff\u{1B}\\")
    try session.waitUntilQuiet()
    #expect(session.screen.contains("status: 0"), "\(session.screen.text)")
    #expect(!session.terminal.isClosed)
    try session.press(.down)
    try session.waitFor("Key.down")
  }

  @Test func anAnswerThatIsHalfThereWhenAnotherProgramStartsDoesNotComeToIt() throws {
    let session = try probeWithReader()
    try session.send("!\u{1B}]11;rgb:ffff/")
    // The key was read, and with it what was sent at the same time.
    try session.waitFor("Key.character(\"!\")")
    try session.send("ffff/ffff\u{1B}\\")
    try session.waitFor("from the child")
    try session.send("typed\n")
    try session.waitFor("got <typed>")
    try session.send("\n")
    try session.waitFor("status: 0")
  }

  @Test func aTerminalThatNeverAnswersHoldsNobodyUp() throws {
    // A real wait happens every time; delays of a busy machine don't.
    let isSoonGone = try (1...3).contains { _ in try timeToLeaveUnanswered() < .seconds(1) }
    #expect(isSoonGone)
  }

  private func timeToLeaveUnanswered() throws -> Duration {
    let session = try probe(identity(answers: false))
    try session.waitFor("ready")
    let start = ContinuousClock.now
    try session.press(.character("q"))
    try session.waitFor("bye")
    return start.duration(to: .now)
  }
}
