import ArgumentParser
import CloudCommands
import CloudProfiles
import Testing

@testable import skydeck

/// The descriptions of settings in help and manual.
@Suite struct ReferenceTests {
  private static func manual() throws -> String {
    try ManualPage(dump: Skydeck._dumpHelp(), version: "1").source.replacing("\\-", with: "-")
  }

  private static let help = Skydeck.helpMessage(columns: 200)

  @Test func everyVariableIsNamedWithWhatItMeans() throws {
    let manual = try Self.manual()
    for variable in SettingsReference.variables {
      #expect(Self.help.contains("\(variable.name) "), "\(variable.name)")
      #expect(manual.contains("\\fB\(variable.name)\\fR\n\(variable.meaning)"), "\(variable.name)")
    }
  }

  @Test func everyKeyOfTheFileIsNamedAndTheManualSaysWhatItMeans() throws {
    let manual = try Self.manual()
    let words = Set(Self.help.split { $0.isWhitespace || $0 == "," }.map(String.init))
    for entry in SettingsReference.entries {
      for key in entry.keys { #expect(words.contains(key), "\(key)") }
      #expect(manual.contains(entry.keys.joined(separator: ", ")))
      #expect(manual.contains(SettingsReference.plain(entry.meaning)))
    }
  }

  @Test func nothingInTheManualIsTakenForAMacroOrAnEscape() throws {
    let source = try ManualPage(dump: Skydeck._dumpHelp(), version: "1").source
    let macros = [".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi"]
    for line in source.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(macros.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }
}
