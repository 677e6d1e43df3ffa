import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// What an editor may leave in place of the file, and how editors are configured.
@Suite(.story) struct EditedFileTests {
  private let folder: TemporaryFolder
  private let simulator: SimulatorProcess

  init() throws {
    folder = try TemporaryFolder()
    simulator = try SimulatorProcess()
  }

  /// The console on cloud 3, with an editor that runs this script with the document's path as `$1`.
  private func console(editor script: TemporaryFile, _ environment: [String: String] = [:]) throws -> Skydeck {
    let usual = ["EDITOR": "sh \(script.path)", "TMPDIR": folder.path]
    return try Skydeck.on(simulator, cloud: 3, environment: usual.merging(environment) { $1 })
  }

  /// Waits for a message, which may take several rows.
  private func waitForMessage(_ texts: String..., on skydeck: Skydeck) throws {
    try skydeck.waitUntil("\(texts) are said") { screen in
      let text = screen.rows.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
      return texts.allSatisfy { text.contains($0) }
    }
  }

  private func expectNothingSent() throws {
    #expect(try simulator.service.name(of: 3) == "Haussmann Tower")
    #expect(try simulator.service.requests().allSatisfy { $0.method == "GET" })
  }

  @Test(arguments: [
    ("printf '{\\n  \"name\": \"Ren\\351e\"\\n}\\n' >\"$1\"", "line 2, byte 15 is 0xE9"),
    ("printf '// \\303(\\n{\"name\": \"x\"}' >\"$1\"", "line 1, byte 4 is 0xC3"),
    ("printf '{\"name\": \"\\355\\240\\200\"}' >\"$1\"", "line 1, byte 11 is 0xED"),
    ("printf '\\377\\376{\\0}\\0' >\"$1\"", "UTF-16"),
    ("printf '{\\0\"\\0' >\"$1\"", "null byte in line 1, byte 2"),
  ])
  func whatIsNoUTF8IsRefusedWithItsPlaceAndKept(script: String, place: String) throws {
    let editor = try TemporaryFile(script + "\n")
    let skydeck = try console(editor: editor)
    try skydeck.press(.character("E"))
    try waitForMessage("What you wrote is kept in \(folder.path)", place, on: skydeck)
    try expectNothingSent()
    let path = try #require(folder.files.first)
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    #expect(skydeck.session.standardError.contains("not sent: What you wrote is kept in \(path)"))
    #expect(access(path, F_OK) == 0)
  }

  @Test func aByteOrderMarkIsNoPartOfTheText() throws {
    let script = try TemporaryFile(
      """
      { printf '\\357\\273\\277'; sed 's/Haussmann Tower/Tour Ren\\xc3\\xa9e/'  "$1"; } >"$1.new"; mv "$1.new" "$1"

      """)
    let skydeck = try console(editor: script)
    try skydeck.press(.character("E"))
    try skydeck.waitFor("to \"Tour Renée\".")
    #expect(try simulator.service.name(of: 3) == "Tour Renée")
    try skydeck.quit()
  }

  @Test(arguments: [
    ("mkfifo \"$1\"", "is not a regular file but a pipe"), ("mkdir \"$1\"", "is not a regular file but a folder"),
    ("ln -s /dev/zero \"$1\"", "is a symbolic link"), ("ln -s /etc/passwd \"$1\"", "is a symbolic link"),
    ("ln -s /nowhere \"$1\"", "is a symbolic link"),
    ("python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' \"$1\"", "but a socket"),
    ("head -c 2000000 /dev/zero >\"$1\"", "is larger than"), (":", "does not exist"),
  ])
  func whatIsNoRegularFileIsRefusedAndNothingWaitsForIt(script: String, reason: String) throws {
    let editor = try TemporaryFile("rm \"$1\"; \(script)\n")
    let skydeck = try console(editor: editor)
    try skydeck.press(.character("E"))
    try waitForMessage("What the editor left in", reason, on: skydeck)
    try expectNothingSent()
    // The console continues normally.
    try skydeck.press(.down)
    try skydeck.waitFor("▸ Zürich Hauptbahnhof")
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    if let path = folder.files.first { #expect(skydeck.session.standardError.contains(path)) }
  }

  @Test func anEditorThatAlwaysLeavesMistakesIsStartedAgainOnceAndThenOnlyByAKey() throws {
    let script = try TemporaryFile("echo started >>\(folder.path)/count; printf '{ %s' $$ >\"$1\"\n")
    let skydeck = try console(editor: script)
    let starts = { try TemporaryFile.text(at: "\(folder.path)/count").split(separator: "\n").count }
    try skydeck.press(.character("E"))
    try skydeck.waitFor("╭ cloud Haussmann Tower was not sent", "This is not JSON", "e edit again")
    #expect(try starts() == 2)
    try skydeck.press(.character("e"))
    try skydeck.waitUntil("it was started once more") { screen in
      (try? starts()) == 3 && screen.contains("╭ cloud Haussmann Tower was not sent")
    }
    try skydeck.close("cloud Haussmann Tower was not sent")
    try skydeck.waitFor("Not sent: This is not JSON")
    try expectNothingSent()
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    #expect(try starts() == 3)
  }

  @Test(arguments: [
    "NAME='By a variable' sh %", "sh % 'By a variable'", "\"%\" 'By a variable'", "N=x; sh % By\\ a\\ variable",
  ])
  func anEditorMayHaveVariablesArgumentsAndQuotes(setting: String) throws {
    let spaced = "\(folder.path)/my editor"
    let script = try TemporaryFile(
      """
      for file; do :; done
      sed -i "/\\"name\\"/s/Haussmann Tower/${NAME:-$1}/" "$file"

      """)
    let path = setting.hasPrefix("\"") ? spaced : script.path
    if path == spaced {
      _ = try ShellCommand.run(
        "/bin/sh", ["-c", "{ echo '#!/bin/sh'; cat \"$0\"; } >\"$1\"; chmod 700 \"$1\"", script.path, spaced])
    }
    let skydeck = try console(editor: script, ["EDITOR": setting.replacing("%", with: path)])
    try skydeck.press(.character("E"))
    try skydeck.waitFor("to \"By a variable\".")
    try skydeck.quit()
  }

  @Test func aBlankSettingIsNone() throws {
    let script = try TemporaryFile("sed -i '/\"name\"/s/Haussmann Tower/By EDITOR/' \"$1\"\n")
    let skydeck = try console(editor: script, ["VISUAL": "  "])
    try skydeck.press(.character("E"))
    try skydeck.waitFor("to \"By EDITOR\".")
    try skydeck.quit()
  }

  /// Memory that held a key is written to no file, and the editor has the user's own limit.
  @Test func noCoreFileIsWrittenOfTheConsoleAndTheEditorHasItsOwnLimit() throws {
    let script = try TemporaryFile("ulimit -S -c >\(folder.path)/editor\n")
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: [
        "-c", "ulimit -S -c `ulimit -H -c`; ulimit -S -c >\(folder.path)/own; exec \"$0\" --demo --cloud 3",
        BuiltProduct.path(of: "skydeck"),
      ],
      environment: ["EDITOR": "sh \(script.path)", "TMPDIR": folder.path], size: .wide)
    try session.waitFor("▸ Haussmann Tower")
    let limits = try TemporaryFile.text(at: "/proc/\(session.terminal.processIdentifier)/limits")
    let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
    #expect(core.split(separator: " ")[4] == "0")
    try session.press(.character("E"))
    try session.waitFor("Nothing was changed, so nothing was sent.")
    let own = try TemporaryFile.text(at: "\(folder.path)/own")
    #expect(try TemporaryFile.text(at: "\(folder.path)/editor") == own)
    try session.press(.character("q"))
    #expect(try session.exitStatus() == .exited(0))
  }
}
