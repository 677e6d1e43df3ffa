import TerminalTestSupport
import TerminalUI
import Testing

/// The console on its own terminal, driven like a story: press keys, wait for their effect.
final class Skydeck {
  let session: TerminalSession

  private init(_ arguments: [String], _ environment: [String: String], _ size: Size, captures: Bool) throws {
    session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: arguments,
      environment: ["TZ": "UTC"].merging(environment) { $1 }, size: size,
      standardError: captures ? .captured : .terminal)
  }

  /// Starts it with only these arguments and variables.
  static func started(
    _ arguments: String..., environment: [String: String] = [:], size: Size = .wide
  ) throws -> Skydeck {
    try Skydeck(arguments, environment, size, captures: true)
  }

  /// Starts the demo, and waits for the clouds with their sizes and the details of the cloud under the cursor.
  static func demo(
    _ arguments: String..., environment: [String: String] = [:], size: Size = .wide
  ) throws -> Skydeck {
    let skydeck = try Skydeck(["--demo"] + arguments, environment, size, captures: true)
    try skydeck.waitUntilLoaded()
    return skydeck
  }

  /// Starts it with a service, without waiting.
  static func opened(
    at address: String, _ arguments: String..., more: [String] = [], key: String = SimulatorProcess.key,
    environment: [String: String] = [:], size: Size = .wide
  ) throws -> Skydeck {
    let service = ["SKYDECK_API_URL": address, "SKYDECK_API_KEY": key]
    return try Skydeck(arguments + more, service.merging(environment) { $1 }, size, captures: true)
  }

  /// Starts it with a simulator, and waits until the first screen is loaded.
  static func on(
    _ simulator: SimulatorProcess, cloud: Int = 1, _ arguments: String..., environment: [String: String] = [:],
    size: Size = .wide
  ) throws -> Skydeck {
    let service = ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key]
    let skydeck = try Skydeck(
      ["--cloud", String(cloud)] + arguments, service.merging(environment) { $1 }, size, captures: true)
    try skydeck.waitUntilLoaded()
    return skydeck
  }

  // MARK: Doing

  func press(_ keys: Key...) throws {
    try session.send(keys.map(\.xtermSequence).joined())
  }

  /// Types into a field and waits until the text is there.
  func type(_ text: String) throws {
    try session.send(text)
    try waitFor(text)
  }

  /// Moves down the clouds row by row, as a person does, until the cursor is on the one whose name begins so.
  func moveTo(_ cloud: String) throws {
    while !screen.contains("│ ▸ \(cloud)") {
      let before = screen.rows.firstIndex { $0.hasPrefix("│ ▸") }
      try press(.down)
      try waitUntil("the cursor moves towards \(cloud)") { screen in
        screen.rows.firstIndex { $0.hasPrefix("│ ▸") } != before
      }
    }
  }

  /// Presses a key and waits for the dialog that it opens.
  func open(_ key: Key, _ title: String) throws {
    try press(key)
    try waitUntil("the dialog \(title) is open") { screen in
      screen.contains("╭ \(title) ─") && screen.rows.last?.isEmpty == true
    }
  }

  /// Presses Esc and waits until the dialog is closed.
  func close(_ title: String) throws {
    try press(.escape)
    try waitUntilClosed(title)
  }

  /// Waits until the dialog is closed and the panes are complete again. The hints below them are hidden while a dialog
  /// is open, and are drawn last.
  func waitUntilClosed(_ title: String) throws {
    try waitUntil("the dialog \(title) is closed") { screen in
      !screen.contains("╭ \(title)") && screen.rows.last?.isEmpty == false
    }
  }

  // MARK: Waiting

  // Stories always wait for content instead of checking it at once: a frame may be read in pieces, and until the last
  // piece the screen shows parts of the previous frame.

  /// Waits until each of these texts is in some row.
  func waitFor(_ texts: String...) throws {
    try session.waitUntil("\(texts) are shown") { screen in texts.allSatisfy { screen.contains($0) } }
  }

  /// Waits until a row, counted from 0 at the top or from -1 at the bottom, contains a text.
  func waitFor(_ text: String, inRow row: Int) throws {
    try session.waitUntil("row \(row) shows \(text)") { screen in
      screen.rows[row < 0 ? screen.rows.count + row : row].contains(text)
    }
  }

  func waitUntilGone(_ text: String) throws { try session.waitUntilGone(text) }

  func waitUntil(_ description: String, _ condition: (TerminalScreen) -> Bool) throws {
    try session.waitUntil(description, condition)
  }

  /// Checks text that remains after the program has ended.
  func expectOnScreen(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(screen.contains(text), "\(screen.text)", sourceLocation: sourceLocation)
  }

  var screen: TerminalScreen { session.screen }

  /// Waits for the demo's clouds, all sizes and the details of the cloud under the cursor.
  private func waitUntilLoaded() throws {
    try waitUntil("everything is loaded") { screen in
      // Before the first size the total is unknown; then it grows.
      !screen.rows[0].contains(/≥|size unknown/) && screen.contains(" of 14 ")
        && screen.text.contains(/2 Users · .* \d+ ╮/)
        && screen.text.contains(/3 Invitations.* \d+ [╮·]/) && screen.text.contains(/4 Processors.* \d+ [╮╯]/)
    }
  }

  /// Quits, and expects success.
  ///
  /// - Parameter unsettled: the write that is reported with an unknown outcome; `nil` if nothing is reported.
  func quit(unsettled: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try press(.character("q"))
    let status = try session.exitStatus()
    #expect(status == .exited(0), sourceLocation: sourceLocation)
    let said = unsettled.map { "skydeck: not answered yet, its outcome is unknown: \($0)\n" } ?? ""
    #expect(session.standardError == said, sourceLocation: sourceLocation)
    #expect(session.emulator.unknown == [], sourceLocation: sourceLocation)
  }
}

extension Size {
  static let wide = Size(columns: 120, rows: 34)
  static let medium = Size(columns: 80, rows: 24)
  static let narrow = Size(columns: 40, rows: 10)
}
