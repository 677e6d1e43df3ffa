import ArgumentParser
import Testing

@testable import skydeck

@Suite("The console's arguments")
struct ConsoleArgumentsTests {
  static let lines: [[String]] = [
    [], ["--demo"], ["--read-only"], ["--demo", "--read-only"], ["--profile", "live"], ["--profile=live"],
    ["--api-url", "https://api.example.com"], ["--api-url=https://api.example.com/?a=b"], ["--config", "a b.yaml"],
    ["--cloud", "3"], ["--cloud=3", "--pane", "users"], ["--pane", "clouds"], ["--log-file", "log"],
    ["--ascii"], ["--theme", "dark"], ["--theme=colour-blind", "--ascii"],
    ["--profile", "live", "--read-only", "--config=c", "--cloud", "1", "--pane=users", "--log-file=l"],
  ]

  @Test("Without a command they are read as the parser reads them", arguments: lines)
  func withoutACommandTheyAreReadAsTheParserReadsThem(words: [String]) throws {
    let parsed = try #require(try Skydeck.parseAsRoot(words) as? Skydeck)
    #expect(ConsoleArguments(words: words) == ConsoleArguments(parsed))
  }

  @Test(
    "Everything else is left to the parser",
    arguments: [
      ["--help"], ["-h"], ["--version"], ["clouds", "list"], ["--demo", "clouds", "list"], ["--dem"], ["--demo=yes"],
      ["--cloud"], ["--cloud="], ["--cloud", "-3"], ["--cloud", "--demo"], ["--cloud=-3"], ["--cloud", "3", "4"],
      ["--demo", "--demo"], ["--cloud", "3", "--cloud", "4"], ["--demo", "--profile", "live"],
      ["--api-url", "https://x.example", "--demo"], ["--verbose"], ["-v"], ["--trace"], ["--"], ["--demo", "--"], [""],
      ["--generate-completion-script"], ["--theme", "bright"], ["--theme"],
    ])
  func everythingElseIsLeftToTheParser(words: [String]) {
    #expect(ConsoleArguments(words: words) == nil)
  }

  @Test func everyOptionOfTheConsoleIsRead() {
    let names = Set(Skydeck.helpMessage(columns: 1000).matches(of: /--[a-z-]+/).map { String($0.output) })
    // These have no meaning for the console, or are answered at once.
    let others: Set = ["--verbose", "--trace", "--version", "--help"]
    #expect(names.isSuperset(of: others))
    for name in names.subtracting(others) {
      let isRead = [[name], [name, "dark"]].contains { ConsoleArguments(words: $0) != nil }
      #expect(isRead, "\(name)")
    }
  }
}
