import Testing

@testable import CloudProfiles

@Suite struct KeyCommandTests {
  @Test(arguments: ["sleep 600", "sleep 600 & exec >&- 2>&-; wait", "sleep 600 & exit 0", "trap '' TERM; sleep 600"])
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
