import TerminalTestSupport
import TerminalUI
import Testing

/// Every field that a service sends, filled with text that would be harmful if a terminal received it.
@Suite(.story) struct HostileFieldsTests {
  /// A service with twelve clouds. One cloud, and one record in each list of each cloud, has the text in every field.
  private func server(_ text: @escaping @Sendable () -> String) throws -> ScriptedServer {
    try ScriptedServer { line in
      let parts = line.split(separator: " ")
      guard parts.count > 1, parts[0] == "GET" else {
        return Self.answer("400 Bad Request", "{\"name\":[\(text().json)]}")
      }
      let path = parts[1].split(separator: "/").map(String.init)
      let field = text().json
      let cloud = { (id: Int) in
        let name = id == 6 ? ("M" + text()).json : "\"Cloud \(id)\""
        return """
          {"id":\(id),"name":\(name),"is_default":false,"created_at":null,"updated_at":null,
          "features":\(id == 6 ? "[{\"name\":\(field),\"viewer_url\":\(field)}]" : "[]"),
          "creator":\(id == 6 ? Self.user(1, field) : "null")}
          """
      }
      let m = ("M" + text()).json
      let body =
        switch path.last {
        case "size": "\(1_000_000 * (20 - (Int(path[1]) ?? 0)))"
        case "user": "[\(Self.user(1, "\"Ada\"")),\(Self.user(2, m)),\(Self.user(3, "\"Zoe\""))]"
        case "invitation":
          "[{\"id\":1,\"email\":\"a@x.example\",\"redirect_uri\":\"https://x\"},"
            + "{\"id\":2,\"email\":\(m),\"redirect_uri\":\(field)},"
            + "{\"id\":3,\"email\":\"z@x.example\",\"redirect_uri\":\"https://x\"}]"
        case "processor":
          "[{\"id\":1,\"name\":\"Alpha\"},{\"id\":2,\"name\":\(m),\"parent_processors\":[1]},{\"id\":3,\"name\":\"Omega\"}]"
        case "cloud": "[\((1...12).map(cloud).joined(separator: ","))]"
        default: path.contains("user") ? Self.user(2, m) : cloud(Int(path.last ?? "") ?? 1)
        }
      return Self.answer("200 OK", body)
    }
  }

  private static func user(_ id: Int, _ field: String) -> String {
    """
    {"id":\(id),"email":\(field),"company":\(field),"firstname":\(field),"lastname":\(field),"cloud_role":100,
    "created_at":null,"updated_at":null}
    """
  }

  private static func answer(_ status: String, _ body: String) -> [UInt8] {
    answer(status, Array(body.utf8))
  }

  private static func answer(_ status: String, fields: String = "", _ body: [UInt8]) -> [UInt8] {
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close\r\n\(fields)"
      + "Content-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  /// Opens every view. Returns the rows of the screen with the cursor on another record, and the whole output.
  private func tour(_ text: @escaping @Sendable () -> String) throws -> (rows: [String], output: TerminalOutput) {
    let server = try server(text)
    let skydeck = try Skydeck.opened(at: server.address)
    try skydeck.waitUntil("all is there") { screen in
      ["12 clouds", "3 Invitations ───────────────── 3", "4 Processors ────────────────── 3"].allSatisfy { part in
        screen.contains(part) || screen.text.contains(/Processors.* 3 ╮/)
      } && !screen.rows[0].contains("≥")
    }
    try skydeck.session.waitUntilQuiet()
    let rows = skydeck.screen.rows
    // Each list, with the cursor on its hostile record: record, form, question, refusal, log.
    for (pane, downs) in [("1", 5), ("2", 1), ("3", 1), ("4", 1)] {
      try skydeck.session.send(pane)
      try skydeck.session.send(String(repeating: "\u{1B}[B", count: downs))
      for key in ["\r", "D", "e", "i", "R", "M", "L", ":", "P", "/"] {
        try skydeck.session.send(key)
        try skydeck.session.waitUntilQuiet(for: .milliseconds(15))
        try skydeck.session.send("\u{1B}")
        try skydeck.session.waitUntilQuiet(for: .milliseconds(60))
      }
    }
    try skydeck.session.send("1e!\r")
    try skydeck.session.waitUntilQuiet(for: .milliseconds(200))
    #expect(skydeck.session.emulator.unknown == [])
    #expect(skydeck.session.emulator.bells == 0)
    #expect(skydeck.screen.rows.count == 34)
    try skydeck.press(.escape)
    try skydeck.session.waitUntilQuiet(for: .milliseconds(100))
    try skydeck.press(.control("c"), .control("c"), .character("q"))
    // The output for restoring the terminal counts on both sides.
    #expect(try skydeck.session.exitStatus() == .exited(0))
    return (rows, TerminalOutput(skydeck.session.terminal.output))
  }

  /// Which tones appear in short-lived frames depends on timing.
  private static let toneChanges = Set(
    Style.Tone.allCases.compactMap { Theme.auto.colour(of: $0, depth: .many) }.map { "Esc [38;5;\($0)m" })

  @Test(arguments: [1, 3] as [UInt64]) func noFieldOfAnyRecordReachesTheTerminalRaw(seed: UInt64) throws {
    var hostile = HostileText(seed: seed)
    // Some are as long as no service should send them.
    let text = hostile.text(pieces: seed == 3 ? 4000 : 14)
    let plain = String(repeating: "x", count: min(200, TextWidth.builtIn.columns(of: text)))
    let harmless = try tour { plain }
    let seen = try tour { text }
    #expect(seen.output.forbidden == [])
    let expected = harmless.output.sequences.union(TerminalOutput.betweenFrames).union(Self.toneChanges)
    #expect(seen.output.sequences.subtracting(expected) == [])
    // No other row changed. Panes side by side share screen lines: only lines without the text are compared.
    #expect(seen.rows.count == harmless.rows.count)
    for (row, other) in zip(seen.rows, harmless.rows).dropFirst() where !other.contains("Mx") {
      // The text's width decides how wide the columns are, and whether the last ones have room.
      let words = [row, other].map { $0.split { " │".contains($0) } }.sorted { $0.count < $1.count }
      #expect(Set(words[0]).isSubset(of: words[1]), "\(row)\n\(other)")
    }
  }

  private static let raw: [UInt8] = [
    0x78, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF5, 0x9B, 0x33, 0x31, 0x6D, 0xC2, 0x9B, 0x41,
  ]

  @Test(arguments: [
    "200 OK", "400 Bad Request", "403 Forbidden", "404 Not Found", "429 Too Many Requests", "503 Down", "302 Found",
  ])
  func noAnswerThatIsNoTextReachesTheTerminalRaw(status: String) throws {
    var hostile = HostileText(seed: 9)
    let text = hostile.text(pieces: 60).json
    // Fields may hold any byte except line ends, if they are received at all.
    let fields = "Location: /\u{9B}31m\u{202E}x\r\nRetry-After: \u{202E}7\r\nX-Note: \u{9D}0;pwned\u{9C}\r\n"
    let bodies = [
      Array("{\"detail\":\(text),\(text):[\(text)]}".utf8),
      Array("[{\"id\":1,\"name\":\"".utf8) + Self.raw + Array("\"}]".utf8),
      Array("<html><title>\u{202E}\u{9B}31m".utf8) + Self.raw + [0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x07],
      Array(String(repeating: "[", count: 300_000).utf8),
    ]
    for (number, body) in bodies.enumerated() {
      let server = try ScriptedServer { _ in Self.answer(status, fields: fields, body) }
      let skydeck = try Skydeck.opened(at: server.address)
      // Any of the possible reactions.
      try skydeck.waitUntil("it has an answer") { screen in
        screen.contains("Since ") || screen.contains("to retry now") || screen.contains("1 of 1")
          || screen.contains("The service") || screen.contains("The key")
      }
      try skydeck.open(.character("L"), "Requests and messages")
      try skydeck.close("Requests and messages")
      let output = TerminalOutput(skydeck.session.terminal.output)
      #expect(output.forbidden == [], "body \(number)")
      #expect(
        !output.sequences.contains { $0.contains("31m") && $0.count < 9 || $0.contains("pwned") }, "body \(number)")
      #expect(!output.sequences.contains("control 7"), "body \(number)")
      try skydeck.quit()
    }
  }

  @Test func noTableOfACommandHasIt() throws {
    var hostile = HostileText(seed: 5)
    let text = hostile.text(pieces: 60)
    let server = try server { text }
    for arguments in [
      ["clouds", "list"], ["users", "list", "1"], ["invitations", "list", "1"], ["processors", "list", "1"],
    ] {
      let session = try TerminalSession(
        executable: BuiltProduct.path(of: "skydeck"), arguments: arguments + ["-o", "table"],
        environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "k"], size: .wide)
      #expect(try session.exitStatus() == .exited(0))
      let output = TerminalOutput(session.terminal.output)
      #expect(output.forbidden == [])
      #expect(output.sequences.subtracting(["control 13", "control 10", "Esc [m", "Esc [1m"]) == [])
      #expect(session.screen.rows.count { $0.hasPrefix("M") || $0.contains(" M") } >= 1)
    }
  }
}
