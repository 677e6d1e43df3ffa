import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The console in tmux: an independent terminal, with its own rules for the width of characters.
final class Tmux {
  private let socket: String
  let size: Size

  /// Starts the console in its own tmux server.
  init(_ arguments: [String], environment: [String: String], size: Size) throws {
    self.size = size
    socket = "skydeck-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let start = """
      tmux -L "$SOCKET" -f /dev/null start-server \\; set -g default-terminal tmux-256color \\; set -g status off \\; \
      new-session -d -x "$COLUMNS" -y "$LINES" "$@" > /dev/null 2>&1
      """
    let variables = [
      "SOCKET": socket, "COLUMNS": String(size.columns), "LINES": String(size.rows), "TERM": "xterm-256color",
      "SHELL": "/bin/sh",
    ]
    let result = try ShellCommand.run(
      "/bin/sh", ["-c", start, "sh", BuiltProduct.path(of: "skydeck")] + arguments,
      environment: variables.merging(environment) { $1 })
    try #require(result.status == .exited(0), "tmux could not be started: is it installed?")
  }

  deinit {
    _ = try? run("kill-server")
  }

  /// Presses keys by tmux's names for them: `PageDown`, `q`.
  func press(_ keys: String...) throws {
    _ = try run(["send-keys"] + keys)
  }

  func resize(to size: Size) throws {
    _ = try run("resize-window", "-x", String(size.columns), "-y", String(size.rows))
  }

  /// The rows that tmux shows, with trailing blanks: as many columns as it has, by its own measure.
  func rows() throws -> [String] {
    Array(try run("capture-pane", "-p", "-N").lines.dropLast())
  }

  /// Polls until the rows meet a condition.
  func waitUntil(_ description: String, _ condition: ([String]) -> Bool) throws {
    let end = ContinuousClock.now + .seconds(30)
    while true {
      let rows = try rows()
      if condition(rows) { return }
      guard ContinuousClock.now < end else {
        throw TerminalTestError.timedOut(waitingFor: description, screen: rows.joined(separator: "\n"))
      }
    }
  }

  private func run(_ arguments: String...) throws -> ShellCommand.Result {
    try run(arguments)
  }

  private func run(_ arguments: [String]) throws -> ShellCommand.Result {
    try ShellCommand.run("/usr/bin/env", ["tmux", "-L", socket] + arguments)
  }
}
