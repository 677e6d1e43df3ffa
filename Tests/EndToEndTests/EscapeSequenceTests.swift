import TerminalTestSupport
import TerminalUI
import Testing

/// Input that isn't a key, complete, split or incomplete, never acts as keys.
@Suite(.story) struct EscapeSequenceTests {
  /// Each sequence contains letters that are commands: D deletes, M creates a project, q quits.
  private static let sequences = [
    "\u{1B}[15;9D", "\u{1B}[1;9D", "\u{1B}[200D", "\u{1B}[99~", "\u{1B}[?1;2c", "\u{1B}[<0;10;10M", "\u{1B}[<0;10;10m",
    "\u{1B}[M !!", "\u{1B}O5D", "\u{1B}]0;Dq\u{7}", "\u{1B}PDqM\u{1B}\\", "\u{1B}_Dq\u{1B}\\", "\u{1B}[12;34R",
    "\u{1B}[I",
    "\u{1B}[O", "\u{1B}[?2026;2$y", "\u{1B}[1;2;3;4;5;6;7;8;9;10;11;12D",
  ]

  @Test func sequencesSplitAnywhereAreNeverKeys() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    let start = skydeck.session.mark
    for sequence in Self.sequences {
      let scalars = Array(sequence.unicodeScalars)
      for place in 1...scalars.count {
        try skydeck.send(scalars[..<place])
        // Pieces that are read together only prove less.
        try skydeck.session.waitUntilQuiet(for: .milliseconds(3))
        try skydeck.send(scalars[place...])
      }
    }
    try skydeck.expectNothingHappened(since: start)
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.quit()
  }

  @Test func thousandsOfSequencesTypedAtAListChangeNothing() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.session.waitUntilQuiet()
    let before = skydeck.screen.rows
    let start = skydeck.session.mark
    var sequences = EscapeSequences(seed: 4)
    for round in 0..<60 {
      // With Down and Up in both modes: a lost or misread key would leave the cursor on another row.
      var bytes: [UInt8] = []
      for _ in 0..<50 { bytes += sequences.nextWithoutMeaning() }
      bytes += (round.isMultiple(of: 2) ? "\u{1B}[B" : "\u{1B}OB").utf8
      for _ in 0..<10 { bytes += sequences.nextWithoutMeaning() }
      bytes += (round.isMultiple(of: 3) ? "\u{1B}[A" : "\u{1B}OA").utf8
      try skydeck.session.terminal.write(bytes)
    }
    try skydeck.expectNothingHappened(since: start)
    try skydeck.waitUntil("the screen is what it was") { screen in
      // The header may say that data is being read.
      screen.rows.dropFirst() == before.dropFirst()
    }
    #expect(try simulator.service.requests().allSatisfy { $0.method == "GET" })
    try skydeck.quit()
  }

  /// The rest arrives later than Esc waits for it. The decoder's own tests check the limit on their own clock; here a
  /// busy machine would add a delay.
  @Test func theRestOfASequenceMayComeLate() throws {
    let skydeck = try Skydeck.demo()
    let start = skydeck.session.mark
    for (first, second) in [("\u{1B}[", "15;9D"), ("\u{1B}[15;9", "D"), ("\u{1B}O", "5D"), ("\u{1B}", "[1;9D")] {
      try skydeck.session.send(first)
      try skydeck.session.waitUntilQuiet(for: .milliseconds(60))
      try skydeck.session.send(second)
    }
    try skydeck.expectNothingHappened(since: start)
    try skydeck.quit()
  }

  @Test(arguments: ["\u{1B}O", "\u{1B}[", "\u{1B}[15;", "\u{1B}]0;D", "\u{1B}[<0;1"])
  func whatIsNeverFinishedIsForgotten(beginning: String) throws {
    let skydeck = try Skydeck.demo()
    let start = skydeck.session.mark
    try skydeck.session.send(beginning)
    // Half a second of silence ends the sequence; what follows is keys again.
    try skydeck.session.waitUntilQuiet(for: .milliseconds(700))
    try skydeck.expectNothingHappened(since: start)
    try skydeck.quit()
  }

  @Test func sequencesInAFieldTypeNothing() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character("c"), "Create a cloud")
    for sequence in Self.sequences { try skydeck.session.send(sequence) }
    try skydeck.type("Only this")
    try skydeck.waitFor("Name      Only this ")
    try skydeck.press(.control("u"))
    try skydeck.waitUntilGone("Only this")
    try skydeck.close("Create a cloud")
    try skydeck.quit()
  }

  @Test func arrowsOfBothKindsMoveTheCursorAlsoWhenSplit() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.session.send("\u{1B}[")
    try skydeck.session.waitUntilQuiet(for: .milliseconds(5))
    try skydeck.session.send("B")
    try skydeck.waitFor("▸ 東京駅")
    try skydeck.session.send("\u{1B}OB")
    try skydeck.waitFor("▸ Haussmann Tower")
    try skydeck.quit()
  }

  @Test func bytesThatAreNoTextDoNothing() throws {
    let skydeck = try Skydeck.demo()
    let start = skydeck.session.mark
    try skydeck.session.terminal.write([0xFF, 0xC0, 0x80, 0x9B, 0xF5, 0x00, 0xC3])
    try skydeck.session.waitUntilQuiet(for: .milliseconds(600))
    try skydeck.expectNothingHappened(since: start)
    try skydeck.quit()
  }
}

extension Skydeck {
  fileprivate func send(_ scalars: ArraySlice<Unicode.Scalar>) throws {
    try session.send(String(String.UnicodeScalarView(scalars)))
  }

  /// Expects that no dialog was ever drawn, and that the next key reaches the panes.
  fileprivate func expectNothingHappened(since mark: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try open(.character("S"), "Sizes")
    let output = String(decoding: session.output(since: mark), as: UTF8.self)
    for sign in ["Delete ", "Remove ", "demo project in", "Invite an administrator to", "Type the name"] {
      #expect(!output.contains(sign), sourceLocation: sourceLocation)
    }
    try press(.character("S"))
    try waitUntilClosed("Sizes")
  }
}

extension EscapeSequences {
  /// A sequence that isn't a key: a key might do something.
  fileprivate mutating func nextWithoutMeaning() -> [UInt8] {
    while true {
      let bytes = next()
      var decoder = InputDecoder()
      let events = decoder.decode(bytes, at: .now)
      if events.count == 1, case .key = events[0] { continue }
      return bytes
    }
  }
}
