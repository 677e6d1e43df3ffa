import TerminalTestSupport
import TerminalUI
import Testing

/// The output to the terminal, which is nothing while nothing happens.
@Suite(.story) struct QuietTests {
  @Test func atIdleTheDemoWritesNothingAndNeverWakesUp() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.expectRest(of: .seconds(3))
    try skydeck.quit()
  }

  @Test func atIdleOverHTTPItWritesNothingAndNeverWakesUp() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    // Idle connections are closed after five seconds.
    try skydeck.expectRest(of: .seconds(6))
    try skydeck.quit()
  }

  @Test func withNoColorSetNoColourIsSent() throws {
    let skydeck = try Skydeck.demo("--cloud", "3", environment: ["NO_COLOR": "1"])
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.close("Delete Haussmann Tower?")
    try skydeck.open(.character("S"), "Sizes")
    try skydeck.close("Sizes")
    #expect(skydeck.screen.cells.joined().allSatisfy { $0.style.foreground == nil && $0.style.background == nil })
    let output = String(decoding: skydeck.session.terminal.output, as: UTF8.self)
    for match in output.matches(of: /\x1B\[([0-9;]*)m/) {
      let numbers = match.1.split(separator: ";").compactMap { Int($0) }
      #expect(numbers.allSatisfy { !(30...49 ~= $0) || $0 == 39 || $0 == 49 }, "\(match.1)")
    }
    // The cursor's row still differs from the others.
    try skydeck.waitUntil("the cursor's row is in reverse") {
      $0.style(of: "▸ Haussmann Tower")?.reverse == true
    }
    try skydeck.quit()
  }

  @Test func anEmptyNoColorMeansNothing() throws {
    let skydeck = try Skydeck.demo(environment: ["NO_COLOR": ""])
    try skydeck.waitUntil("there is colour") { $0.style(of: "1 Clouds")?.foreground != nil }
    try skydeck.quit()
  }

  @Test func aTerminalOfEightColoursShowsTheSame() throws {
    let many = try Skydeck.demo()
    let eight = try Skydeck.demo(environment: ["TERM": "xterm"])
    try many.session.waitUntilQuiet()
    let rows = many.screen.rows.dropFirst()
    try eight.waitUntil("the same is shown") { $0.rows.dropFirst() == rows }
    #expect(eight.screen.cells.joined().allSatisfy { ($0.style.foreground ?? 0) < 8 })
    try many.quit()
    try eight.quit()
  }

  @Test func aLocaleWithoutUnicodeGetsASCIIOnly() throws {
    let skydeck = try Skydeck.started("--demo", environment: ["LC_ALL": "C", "LANG": "C"], size: .wide)
    try skydeck.waitFor("> Gare du Nord", "1 Clouds", "14 clouds")
    #expect(skydeck.session.terminal.output.allSatisfy { $0 < 0x80 })
    try skydeck.quit()
  }

  @Test func oneKeyCostsFewBytes() throws {
    let skydeck = try Skydeck.demo(size: .medium)
    try skydeck.press(.character("2"))
    try skydeck.waitFor("Enter open")
    try skydeck.session.waitUntilQuiet()
    let mark = skydeck.session.mark
    try skydeck.press(.down)
    try skydeck.waitFor("▸ Ágnes Szabó")
    try skydeck.session.waitUntilQuiet()
    #expect(skydeck.session.output(since: mark).count < 400)
    try skydeck.quit()
  }
}

extension Skydeck {
  /// Waits until it neither writes nor wakes up for that long.
  func expectRest(of time: Duration, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let process = session.terminal.processIdentifier
    let clock = ContinuousClock()
    let end = clock.now + .seconds(25)
    var restsSince = clock.now
    while restsSince.duration(to: clock.now) < time {
      try #require(clock.now < end, "It is never at rest.", sourceLocation: sourceLocation)
      let before = try #require(ProcessUsage(of: process), sourceLocation: sourceLocation)
      let bytes = session.terminal.read(within: .milliseconds(500))
      let after = try #require(ProcessUsage(of: process), sourceLocation: sourceLocation)
      if !bytes.isEmpty || before != after { restsSince = clock.now }
    }
  }
}
