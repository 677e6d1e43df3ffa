import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// A key typed before a question was visible never answers it.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct SeenBeforeAnsweredTests {
  private func console() async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    return test
  }

  @Test func enterTypedBeforeAnUnknownOutcomeIsSeenSendsNothingAgain() async throws {
    let test = try await console()
    await test.service.fail(.post, "/cloud", with: .connectionLost(carriedOut: false))
    await test.press("c")
    await test.type("Once")
    test.console.handle([.key(.enter)])
    await test.service.idle()
    // The outcome is known, but no frame has shown it yet.
    test.console.handle([.key(.enter)])
    await test.settle()
    #expect(await test.simulator.requestCount(.post, "/cloud") == 1)
    await test.service.settleDoubts()
    await test.settle()
    #expect(test.text.contains("Confirmed not done at 13:04"))
  }

  @Test func anUnknownOutcomeIsNotOverwrittenByWhatClosesItsDialog() async throws {
    let test = try await console()
    await test.press("D")
    await test.type("Haussmann Tower")
    await test.service.simulator.setFaults {
      $0.method == .delete ? .connectionLost(carriedOut: true) : .badGateway
    }
    await test.press(.enter)
    #expect(test.text.contains("Enter close"))
    await test.press(.enter)
    #expect(test.console.layers.isEmpty)
    #expect(test.workspace.context.notices.current?.kind == .unknown)
  }

  @Test func whatStaysComesBackWhenWhatPassesIsGone() async throws {
    let test = try await console()
    let notices = test.workspace.context.notices
    notices.say(.unknown, "Nobody knows.")
    notices.say(.information, "By the way.")
    #expect(notices.current?.text == "By the way.")
    await test.press(.down)
    #expect(notices.current?.text == "Nobody knows.")
    await test.press(.escape)
    #expect(notices.current == nil)
  }

  @Test func aRecordsScreenActsOnItsRecordWhereverTheCursorIs() async throws {
    let test = try await console()
    await test.press(.enter)
    #expect(test.line(with: "╭ Haussmann Tower") != nil)
    test.workspace.clouds.select(1)
    await test.press("e")
    #expect(test.line(with: "╭ Edit Haussmann Tower") != nil)
  }

  @Test func aRecordThatIsGoneIsNotMistakenForItsNeighbour() async throws {
    let test = try await console()
    await test.press(.enter)
    _ = try await test.service.client.deleteCloud(3)
    test.workspace.clouds.refresh()
    await test.settle()
    await test.press("e")
    #expect(test.console.layers.isEmpty)
    #expect(test.text.contains("Haussmann Tower is already gone."))
  }

  @Test func oneEditorOpensHoweverOftenItsKeyIsPressed() async throws {
    let test = try await console()
    let terminal = TerminalUnderTest()
    terminal.editing = { $0 }
    test.console.host = terminal
    await test.burst([.character("E"), .character("E"), .character("E")])
    #expect(terminal.documents.count == 1)
    #expect(test.console.layers.isEmpty)
  }

  @Test func theScreenIsDrawnAnewAndLeftToTheShellAlsoFromWithinAForm() async throws {
    let test = try await console()
    let terminal = TerminalUnderTest()
    test.console.host = terminal
    await test.press("c")
    await test.press(.control("l"), .control("z"))
    #expect(terminal.repaints == 1)
    #expect(terminal.suspensions == 1)
    #expect(test.console.layers.count == 1)
  }

  @Test func sizesTooLargeToAddAreStillDrawn() async throws {
    let size = Fault.reply(status: .ok, fields: [.contentType: "application/json"], body: "9000000000000000000")
    let test = try await ConsoleUnderTest(faults: { $0.path?.hasSuffix("/size") == true ? size : nil })
    await test.start()
    #expect(test.text.contains("14 clouds"))
  }
}
