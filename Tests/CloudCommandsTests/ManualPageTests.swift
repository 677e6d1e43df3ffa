import FoundationEssentials
import Testing

@testable import CloudCommands

/// Tests of the manual page, made from the parser's description of a command.
@Suite struct ManualPageTests {
  private static let dump = #"""
    {"serializationVersion": 0, "command": {"commandName": "skydeck", "abstract": "A console.", "arguments": [
      {"kind": "flag", "names": [{"kind": "short", "name": "v"}, {"kind": "long", "name": "verbose"}],
       "abstract": "Say more.", "isOptional": true, "isRepeating": false, "shouldDisplay": true}],
     "subcommands": [{"commandName": "clouds", "subcommands": [
       {"commandName": "size", "abstract": "Say sizes.", "discussion": ".starts with a dot\n  'quoted \\ back",
        "arguments": [
          {"kind": "flag", "names": [{"kind": "short", "name": "v"}, {"kind": "long", "name": "verbose"}],
           "abstract": "Say more.", "isOptional": true, "isRepeating": false, "shouldDisplay": true},
          {"kind": "positional", "valueName": "ids", "abstract": "Ids.", "isOptional": false, "isRepeating": true,
           "shouldDisplay": true},
          {"kind": "option", "names": [{"kind": "long", "name": "hidden"}], "isOptional": true, "isRepeating": false,
           "shouldDisplay": false}]}]}]}}
    """#

  @Test func everyCommandHasItsSynopsisAndSharedOptionsAreSaidOnce() throws {
    let page = try ManualPage(dump: Self.dump, version: "1.2.3").source
    #expect(page.hasPrefix(".TH SKYDECK 1 \"\" \"skydeck 1.2.3\" \"User Commands\"\n"))
    #expect(page.contains("\n.SS skydeck clouds size <ids> ...\n.PP\nSay sizes.\n"))
    #expect(page.ranges(of: "verbose").count == 1)
    #expect(!page.contains("hidden"))
    for status in ExitStatus.allCases { #expect(page.contains("\\fB\(status.rawValue)\\fR\n")) }
  }

  @Test func textIsNeverTakenForAMacro() throws {
    let page = try ManualPage(dump: Self.dump, version: "1").source
    #expect(page.contains("\n\\&.starts with a dot\n  'quoted \\e back\n"))
  }
}
