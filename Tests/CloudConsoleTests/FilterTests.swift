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

  @Test func aComparisonIsTypedAndKept() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    let all = users.rowCount
    await test.press(.character("2"), .character("/"))
    await test.type("role=")
    #expect(users.rowCount == all)
    await test.type("adm")
    #expect(users.rowCount < all && users.filter.problems.isEmpty)
    let frame = test.present()
    #expect(!frame.rows.joined().contains { $0.style.underline })
    await test.type("in -lovelace")
    #expect((0..<users.rowCount).contains { users.row(at: $0).values[0].plainText() == "Ada Lovelace" })
    await test.press(.enter)
    #expect(!(0..<users.rowCount).contains { users.row(at: $0).values[0].plainText() == "Ada Lovelace" })
    #expect(users.rowCount > 0 && test.text.contains("/role=admin -lovelace  \(users.rowCount) of \(all) match"))
  }

  @Test func rolesAndDatesAreHighlightedToo() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 200, rows: 50))
    await test.start(at: 3)
    await test.press(.character("2"), .character("/"))
    await test.type("admin 20")
    let underlined = test.present().rows.map { $0.filter(\.style.underline).map(\.text).joined() }.filter {
      !$0.isEmpty
    }
    #expect(!underlined.isEmpty && underlined.allSatisfy { $0.contains("Admin") && $0.contains("20") }, "\(underlined)")
  }

  @Test func whatCanNotBeReadIsSaidAndNothingIsDoneToAllRows() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    let all = users.rowCount
    await test.press(.character("2"), .character("/"))
    await test.type("rol=admin")
    #expect(test.text.contains("no column \"rol\""))
    await test.press(.enter)
    #expect(test.text.contains("Users have no column \"rol\"; they have id, name,"))
    #expect(users.rowCount == all)
    for key in [Key.control("a"), .character("*")] {
      await test.press(key)
      #expect(users.markedCount == 0)
      #expect(test.text.contains("These aren't the rows of the filter."))
    }
    // One row can be marked: the person sees which.
    await test.press(.character(" "))
    #expect(users.markedCount == 1 && test.text.contains("no column \"rol\""))
    await test.press(.character("y"))
    await test.press(.end, .enter)
    #expect(test.text.contains("Not copied: These aren't the rows of the filter."))
    await test.press(.escape, .escape, .escape)
    #expect(users.filter.isEmpty && !test.text.contains("no column"))
  }

  @Test func whatIsNotFinishedIsSaidOnceItIsKept() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    await test.press(.character("2"), .character("/"))
    await test.type("since<20")
    #expect(!test.text.contains("is no date"))
    // Another pane ends the filter as Enter does.
    test.console.panes.setFocus(0)
    #expect(test.workspace.users.filter.problems.map(\.title) == ["\"20\" is no date"])
  }

  @Test func rowsWithUnknownValuesAreCounted() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 12)
    let users = test.workspace.users
    await test.press(.character("2"), .character("/"))
    await test.type("company!=nobody ")
    await test.press(.enter)
    #expect(users.unknownCount > 0)
    #expect(test.text.contains("\(users.unknownCount) unknown"))
    await test.press(.character("/"))
    await test.type("company=nobody")
    await test.press(.control("u"))
    await test.type("company=nobody")
    #expect(test.text.contains("hidden because a compared"))
  }

  @Test func tabCompletesTheNameOfAColumnAndElseKeepsTheFilter() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    await test.press(.character("2"), .character("/"))
    await test.type("ada -ro")
    #expect(test.text.contains("Tab complete"))
    await test.press(.tab)
    #expect(test.console.filterEditor?.text == "ada -role")
    #expect(!test.text.contains("Tab complete"))
    await test.type("=ad")
    await test.press(.tab)
    #expect(test.console.filterEditor == nil && test.workspace.users.filter.text == "ada -role=ad")
    // In the middle of the text there is nothing to complete.
    await test.press(.character("/"), .control("u"))
    await test.type("ro")
    await test.press(.left, .tab)
    #expect(test.console.filterEditor == nil && test.workspace.users.filter.text == "ro")
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
