import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct FilterTests {
  @Test func rowsAreFilteredAsOneTypesAndMatchesAreMarked() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    await test.press(.character("2"), .character("/"))
    await test.type("ØDEG")
    #expect(test.workspace.users.rowCount == 1)
    #expect(test.text.contains("▸ Ørjan Ødegård"))
    #expect(test.text.contains("/ØDEG"))
    let frame = test.present()
    let row = try #require(frame.rows.first { $0.map(\.text).joined().contains("▸ Ørjan") })
    #expect(row.filter(\.style.underline).map(\.text).joined() == "Ødeg")
    #expect(frame.cursor != nil)
  }

  @Test func qAndOtherKeysAreTextWhileAFilterIsTyped() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    await test.press("/")
    await test.type("qDi1 s")
    #expect(test.workspace.clouds.filter.text == "qDi1 s")
    #expect(test.console.layers.isEmpty)
    #expect(!test.hasQuit)
    await test.press(.backspace, .control("w"))
    #expect(test.workspace.clouds.filter.text == "" || test.workspace.clouds.filter.text == "qDi1 ")
  }

  @Test func bytesThatAreNoLettersAreLeftOutAndSaidWhereSomethingIsTyped() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    test.console.handle([.undecodable([0xE9])])
    #expect(!test.text.contains("Not inserted"))
    await test.press("/")
    await test.type("Ren")
    test.console.handle([.undecodable([0xE9])])
    await test.type("e")
    #expect(test.workspace.clouds.filter.text == "Rene")
    #expect(test.text.contains("! Not inserted: 0xE9, not valid in the locale's encoding."))
    // The notice stays until dismissed, and is replaced by the next one.
    test.console.handle([.undecodable([0xE9]), .undecodable([0xFF, 0xFE, 0xFD, 0xFC, 0xFB])])
    #expect(test.text.contains("! Not inserted: 0xFF 0xFE 0xFD 0xFC and 1 more, not valid"))
    await test.press(.enter, .escape, .escape)
    #expect(!test.text.contains("Not inserted"))
  }

  @Test func enterKeepsTheFilterAndEscapeClearsIt() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    await test.press("/")
    await test.type("tower")
    await test.press(.enter)
    #expect(test.workspace.clouds.rowCount == 1)
    #expect(test.text.contains("1 of 14 match"))
    // Filtering again starts with the present text.
    await test.press("/")
    await test.type(" x")
    #expect(test.workspace.clouds.rowCount == 0)
    #expect(test.text.contains("No clouds match \"tower x\"."))
    await test.press(.escape)
    #expect(test.workspace.clouds.filter.isEmpty)
    #expect(test.workspace.clouds.rowCount == 14)
  }

  @Test func theRowsAreWalkedWhileTheFilterIsOpen() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    await test.press("/")
    await test.type("a")
    let count = test.workspace.clouds.rowCount
    #expect(count > 3)
    test.workspace.clouds.select(row: 0)
    await test.press(.down, .down, .up)
    #expect(test.workspace.clouds.selectedRow == 1)
    #expect(test.workspace.clouds.filter.text == "a")
    await test.paste("rch\n")
    #expect(test.workspace.clouds.selectedRecord?.name == "Archive 2018")
  }

  @Test func aFilterBelongsToItsPane() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    await test.press(.character("2"), .character("/"))
    await test.type("ada")
    await test.press(.enter, .character("1"))
    #expect(test.workspace.clouds.filter.isEmpty)
    #expect(test.workspace.users.filter.text == "ada")
    // The filter stays for another cloud, and reports what it hides.
    await test.press(.down)
    #expect(test.workspace.users.filter.text == "ada")
  }
}
