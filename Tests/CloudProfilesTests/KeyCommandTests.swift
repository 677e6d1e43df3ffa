import Glibc
import Testing

@testable import CloudProfiles

@Suite struct KeyCommandTests {
  @Test(arguments: ["sleep 600", "sleep 600 & exec >&- 2>&-; wait", "echo key; sleep 600", "trap '' TERM; sleep 600"])
  func aProgramThatTakesTooLongIsEndedWithWhatItStarted(script: String) async {
    let command = KeyCommand(
      words: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"], timeLimit: .milliseconds(100))
    do throws(SettingsError) {
      _ = try await command.output()
      Issue.record("it was waited for")
    } catch {
      #expect(error.message == "The command /bin/sh, which should print the key, was ended after 100ms.")
    }
  }

  @Test(arguments: [
    "(read -r line < $1) & echo key", "echo key; (read -r line < $1) 2>&1 &",
    "echo key; setsid sh -c 'read -r line < $0' $1 & exit 0",
  ])
  func theKeyIsThereWhenTheProgramHasEndedAndWhatItLeavesRunningGoesOn(script: String) async throws {
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let command = KeyCommand(
      words: ["/bin/sh", "-c", script, "sh", pipe], environment: ["PATH": "/usr/bin:/bin"], timeLimit: .seconds(60))
    #expect(try await command.output() == "key\n")
    // The reader there is still running; opening the pipe waits for it, and closing it ends it.
    await onThread { _ = close(open(pipe, O_WRONLY)) }
  }

  @Test func whatGoesOnWritingIsNotReadForEver() async throws {
    let command = KeyCommand(
      words: ["/bin/sh", "-c", "yes key & exit 0"], environment: ["PATH": "/usr/bin:/bin"], timeLimit: .seconds(60))
    #expect(try await command.output().utf8.count < 100_000)
  }

  @Test func aNameIsLookedForInAbsoluteFoldersAlone() async throws {
    let folder = try TemporaryFolder()
    try folder.write("#!/bin/sh\necho key\n", to: "my-key", mode: 0o700)
    try folder.write("#!/bin/sh\necho key\n", to: "no-program")
    func output(_ name: String, path: String) async throws -> String {
      try await KeyCommand(words: [name], environment: ["PATH": path]).output()
    }
    #expect(try await output("my-key", path: "/nowhere::\(folder.path)") == "key\n")
    #expect(try await output("\(folder.path)/my-key", path: "") == "key\n")
    let relative = String(folder.path.dropFirst()) + ":../../../../../../../../" + folder.path.dropFirst() + ":.:"
    for (name, path, reason) in [
      ("my-key", relative, "is not in PATH"), ("no-program", folder.path, "is not in PATH"),
      ("\(folder.path)/none", "", "does not exist"), (folder.path, "", "is not a file that can be run"),
    ] {
      await #expect(throws: SettingsError("The command \(name), which should print the key, \(reason).")) {
        try await output(name, path: path)
      }
    }
  }

  @Test(arguments: [
    ("a  b\tc", ["a", "b", "c"]), ("a 'b c' \"d e\"", ["a", "b c", "d e"]),
    ("a\\ b '\\' \"\\\"\"", ["a b", "\\", "\""]),
    ("a''b \"\"", ["ab", ""]), ("", []), ("$HOME `id` ~", ["$HOME", "`id`", "~"]),
  ])
  func wordsAreSplitAsAShellWouldAndNothingIsExpanded(text: String, words: [String]) {
    #expect(CommandWords.split(text) == words)
  }

  @Test(arguments: ["'a", "a \"b", "a\\"])
  func whatIsLeftOpenIsNoCommand(text: String) {
    #expect(CommandWords.split(text) == nil)
  }
}
