import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct CopyAsCommandTests {
  private let terminal = TerminalUnderTest()

  private func console(_ data: DataSet = .odd, size: Size = Size(columns: 120, rows: 34)) async throws
    -> ConsoleUnderTest
  {
    let test = try await ConsoleUnderTest(data, size: size)
    test.console.host = terminal
    await test.start(at: 3)
    return test
  }

  @Test func theRecordUnderTheCursorIsCopiedAtOnce() async throws {
    let test = try await console()
    await test.press("Y")
    #expect(terminal.copied == ["skydeck --demo clouds get 3"])
    #expect(test.text.contains("skydeck --demo clouds get 3"))
    #expect(test.text.contains("Sent to the terminal's clipboard by OSC 52."))
    await test.press(.escape, .character("2"), .character("Y"))
    #expect(terminal.copied.last == "skydeck --demo users get 3 101")
    await test.press("Y")
    #expect(terminal.copied.count == 3)
  }

  @Test func afterAWriteBothAreOfferedAndNoneIsCopiedUnasked() async throws {
    let test = try await console()
    await test.press("e")
    await test.press(.control("u"))
    await test.type("Tower")
    await test.press(.enter, .character("Y"))
    #expect(terminal.copied == [])
    try expectRecorded(test.present(), as: "copy-120x34")
    await test.press("2")
    #expect(terminal.copied == ["skydeck --demo clouds get 3"])
    await test.press(.up, .enter)
    #expect(terminal.copied.last == "skydeck --demo clouds update 3 --name Tower")
    await test.press("1")
    #expect(terminal.copied.count == 3)
    await test.press(.escape)
    #expect(test.console.layers.isEmpty)
  }

  @Test(arguments: [
    ("1", "", "skydeck --demo clouds list --sizes --sort=-size"),
    ("1", "size>1GB -lot", "skydeck --demo clouds list --sizes --filter 'size>1GB -lot' --sort=-size"),
    ("2", "role=admin", "skydeck --demo users list 3 --filter role=admin --sort name"),
    ("3", "-halle", "skydeck --demo invitations list 3 --filter=-halle"),
    ("4", "gltf", "skydeck --demo processors list 3 --filter gltf"),
    ("5", "", "skydeck --demo people list --by-person --sort=-clouds"),
  ])
  func theListIsOfferedWithItsFilterAndOrder(pane: Character, filter: String, command: String) async throws {
    let test = try await console()
    await test.press(.character(pane))
    test.console.panes.table.filter(by: filter)
    await test.press("Y")
    await test.press(.end, .enter)
    #expect(terminal.copied.last?.hasPrefix(command) == true, "\(terminal.copied)")
  }

  @Test func theOrderIsTheOneThatThePaneHas() async throws {
    let test = try await console()
    await test.press(.character("2"))
    test.workspace.users.sort(by: RowOrder(column: "name", ascending: false))
    await test.press("Y")
    await test.press(.end, .enter)
    #expect(terminal.copied.last == "skydeck --demo users list 3 --sort=-name")
  }

  @Test func fromARecordToo() async throws {
    let test = try await console()
    await test.press(.enter, .character("Y"))
    #expect(terminal.copied == ["skydeck --demo clouds get 3"])
  }

  @Test(arguments: [
    (CopyOutcome.unsupported, "This terminal has no clipboard"), (.tooLong(limit: 74_994), "longer than the 74994"),
  ])
  func whatCouldNotBeCopiedIsSaid(outcome: CopyOutcome, text: String) async throws {
    let test = try await console()
    terminal.copyOutcome = outcome
    await test.press("Y")
    #expect(test.text.contains(text))
    #expect(!test.text.contains("Sent to"))
  }

  @Test func aCommandWithControlCharactersIsShownWithSignsAndNotCopied() async throws {
    let test = try await console()
    let evil = CommandLineText("clouds", "create", options: [.init("name", "x\u{15}rm -rf ~\n")])
    let layer = CopyLayer([CopyOffer("Just done", evil)]) { [terminal] in terminal.copy($0) }
    test.console.open(layer)
    #expect(test.text.contains("--name 'x␕rm -rf ~␊'"))
    #expect(test.text.contains("Not copied: it contains control characters"))
    #expect(terminal.copied == [])
  }

  @Test func aLongCommandIsCutAtTheEdgeAndNothingOfItLeftOut() async throws {
    let test = try await console(size: Size(columns: 40, rows: 12))
    let name = "two  blanks " + String(repeating: "0123456789", count: 12)
    let command = CommandLineText("clouds", "create", options: [.init("name", name)])
    test.console.open(CopyLayer([CopyOffer("Just done", command)]) { [terminal] in terminal.copy($0) })
    let lines = CopyLayer([CopyOffer("Just done", command)]) { _ in .sent }
      .content(size: Size(columns: 40, rows: 12), textWidth: .builtIn).lines
    let shown = lines.dropFirst().prefix { !$0.spans[0].text.isEmpty }.map { $0.spans[0].text }.joined()
    #expect(shown == command.text)
    #expect(terminal.copied == [command.text])
  }

  @Test func withoutACloudThereIsNothingToCopy() async throws {
    let test = try await ConsoleUnderTest(.empty)
    await test.start()
    await test.press(.character("2"), .character("Y"))
    #expect(test.text.contains("There is no command to copy yet."))
    #expect(test.console.layers.isEmpty)
  }
}
