import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct MouseTests {
  private func console(size: Size = Size(columns: 120, rows: 34), mouse: Bool = true) async throws -> ConsoleUnderTest {
    var settings = Console.Settings()
    settings.mouse = mouse
    let test = try await ConsoleUnderTest(size: size, console: settings)
    await test.start(at: 3)
    return test
  }

  /// The position of a text on the screen.
  private func place(of text: String, on test: ConsoleUnderTest) throws -> Point {
    for (row, cells) in test.present().rows.enumerated() {
      for column in cells.indices where cells[column...].map(\.text).joined().hasPrefix(text) {
        return Point(column: column, row: row)
      }
    }
    throw CancellationError()
  }

  private func send(_ action: MouseEvent.Action, button: Int = 0, at point: Point, to test: ConsoleUnderTest) async {
    test.console.handle([.mouse(MouseEvent(action: action, button: button, place: point))])
    await test.settle()
  }

  @Test func aClickPutsFocusAndCursorWhereItWas() async throws {
    let test = try await console()
    await send(.press, at: try place(of: "Pont de l'Alma", on: test), to: test)
    #expect(test.workspace.clouds.selectedRecord?.name == "Pont de l'Alma")
    #expect(test.workspace.users.scopeName == "Pont de l'Alma")
    #expect(test.console.focus == 0)
    await send(.press, at: try place(of: "4 Processors", on: test), to: test)
    #expect(test.console.focus == 3)
    #expect(test.console.layers.isEmpty)
  }

  @Test(arguments: [true, false])
  func aMouseThatIsOnFromTheStartSaysHowTextIsSelected(mouse: Bool) async throws {
    let test = try await console(mouse: mouse)
    test.console.start()
    #expect(test.text.contains("To select text, hold Shift") == mouse)
  }

  @Test func twoClicksOnARowOpenIt() async throws {
    let test = try await console()
    let point = try place(of: "Ágnes", on: test)
    await send(.press, at: point, to: test)
    await send(.release, at: point, to: test)
    test.service.now += 0.3
    await send(.press, at: point, to: test)
    #expect(test.console.layers.count == 1)
    #expect(test.text.contains("╭ Ágnes Szabó ─"))
  }

  @Test func twoSlowClicksOrClicksOnTwoRowsOpenNothing() async throws {
    let test = try await console()
    let point = try place(of: "Ágnes", on: test)
    await send(.press, at: point, to: test)
    test.service.now += 0.6
    await send(.press, at: point, to: test)
    await send(.press, at: Point(column: point.column, row: point.row + 1), to: test)
    #expect(test.console.layers.isEmpty)
  }

  @Test func theWheelMovesThroughTheRowsUnderIt() async throws {
    let test = try await console()
    let point = try place(of: "Ágnes", on: test)
    await send(.wheelDown, at: point, to: test)
    #expect(test.console.focus == 1)
    #expect(test.workspace.users.selectedRow == 3)
    await send(.wheelUp, at: point, to: test)
    await send(.wheelUp, at: point, to: test)
    #expect(test.workspace.users.selectedRow == 0)
  }

  @Test func theWheelScrollsADialogAndOnlyItsButtonsAnswerIt() async throws {
    let test = try await console(size: Size(columns: 80, rows: 24))
    await test.press("?")
    await send(.wheelDown, at: Point(column: 40, row: 12), to: test)
    #expect(test.text.contains("4–"))
    await test.press(.escape, .character("M"))
    let before = test.present()
    let buttons = try #require(test.rows.firstIndex { $0.contains("Enter cancel") })
    for row in 0..<24 where row != buttons {
      for column in stride(from: 0, to: 80, by: 3) {
        test.console.handle([.mouse(MouseEvent(action: .press, place: Point(column: column, row: row)))])
      }
    }
    await test.settle()
    #expect(test.present() == before)
    #expect(test.service.transport.writes == [])
    await send(.press, at: try place(of: "Enter cancel", on: test), to: test)
    #expect(test.console.layers.isEmpty && test.service.transport.writes == [])
    await test.press("M")
    await send(.press, at: try place(of: "y create", on: test), to: test)
    #expect(test.service.transport.writes == ["POST /cloud/3/create-demo"])
  }

  @Test func aClickOnAHeadingSortsAndTheNextOneTurnsTheRowsRound() async throws {
    let test = try await console()
    let heading = try place(of: "E-MAIL", on: test)
    await send(.press, at: heading, to: test)
    #expect(test.console.focus == 1)
    #expect(test.workspace.users.order == RowOrder(column: "email"))
    #expect(test.workspace.users.selectedRow == 0)
    await send(.press, at: heading, to: test)
    #expect(test.workspace.users.order == RowOrder(column: "email", ascending: false))
  }

  @Test func aClickOnAHintPressesItsKey() async throws {
    let test = try await console(size: Size(columns: 80, rows: 24))
    await send(.press, at: try place(of: "S sizes", on: test), to: test)
    #expect(test.text.contains("╭ Sizes ─"))
    await send(.press, at: try place(of: "Esc close", on: test), to: test)
    #expect(test.console.layers.isEmpty)
  }

  @Test func inAListAClickSelectsAndTheNextOneIsEnter() async throws {
    let test = try await console(size: Size(columns: 80, rows: 24))
    await test.press("S")
    let point = try place(of: "Harbour Lab", on: test)
    await send(.press, at: point, to: test)
    #expect(!test.console.layers.isEmpty)
    await send(.press, at: point, to: test)
    #expect(test.console.layers.isEmpty)
    #expect(test.workspace.clouds.selectedRecord?.name == "Harbour Lab")
  }

  @Test func choicesOfAFormAreClicked() async throws {
    let test = try await console(size: Size(columns: 80, rows: 24))
    await test.press(.character("2"), .character("e"))
    await send(.press, at: try place(of: "( ) User", on: test), to: test)
    #expect(test.text.contains("(•) User"))
    await send(.press, at: try place(of: "Esc leave", on: test), to: test)
    #expect(test.text.contains("Discard your input?"))
  }

  @Test func onANarrowScreenTabsAreClicked() async throws {
    let test = try await console(size: Size(columns: 60, rows: 12))
    await send(.press, at: try place(of: "3 Inv", on: test), to: test)
    #expect(test.console.focus == 2)
    await send(.press, at: Point(column: 2, row: 0), to: test)
    #expect(test.console.focus == 2)
  }

  @Test func reportsThatNobodyAskedForDoNothing() async throws {
    let test = try await console(mouse: false)
    let before = test.present()
    let point = try place(of: "Pont de l'Alma", on: test)
    for action in [MouseEvent.Action.press, .press, .wheelDown] { await send(action, at: point, to: test) }
    #expect(test.present() == before)
  }

  @Test func thePaletteSwitchesItAndSaysHowTextIsSelected() async throws {
    let test = try await console(mouse: false)
    let terminal = TerminalUnderTest()
    test.console.host = terminal
    await test.press(":")
    await test.type("mouse")
    await test.press(.enter)
    #expect(terminal.mouse == [true])
    #expect(test.text.contains("To select text, hold Shift (Option on macOS)."))
    await send(.press, at: try place(of: "Pont de l'Alma", on: test), to: test)
    #expect(test.workspace.clouds.selectedRecord?.name == "Pont de l'Alma")
    await test.press(":")
    await test.type("mouse")
    await test.press(.enter)
    #expect(terminal.mouse == [true, false])
    await send(.press, at: try place(of: "Haussmann", on: test), to: test)
    #expect(test.workspace.clouds.selectedRecord?.name == "Pont de l'Alma")
  }

  @Test func noOtherButtonDoesAnything() async throws {
    let test = try await console()
    let point = try place(of: "Pont de l'Alma", on: test)
    let before = test.present()
    await send(.press, button: 2, at: point, to: test)
    await send(.press, button: 1, at: point, to: test)
    await send(.drag, at: point, to: test)
    await send(.press, at: Point(column: 500, row: 500), to: test)
    #expect(test.present() == before)
  }
}
