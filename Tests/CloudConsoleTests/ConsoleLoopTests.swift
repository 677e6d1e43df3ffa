import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct ConsoleLoopTests {
  private func loop() async throws -> (ConsoleUnderTest, TerminalUnderTest, ConsoleLoop) {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    let terminal = TerminalUnderTest()
    let loop = ConsoleLoop(console: test.console, host: terminal)
    // Wired as in the program, after the test's own handler.
    let wait = test.workspace.context.activity.onChange
    test.workspace.context.activity.onChange = { [weak loop] in
      wait?()
      loop?.stateChanged()
    }
    loop.start()
    return (test, terminal, loop)
  }

  @Test func oneFrameIsDrawnAtOnceHoweverManyKeysWereRead() async throws {
    let (test, terminal, loop) = try await loop()
    let before = terminal.frames.count
    loop.handle([.key(.down), .key(.down), .key(.up), .key(.down)])
    #expect(terminal.frames.count == before + 1)
    #expect(terminal.frames.last?.text().contains("▸ Μετρό Θεσσαλονίκης") == true)
    await test.service.idle()
    loop.stop()
  }

  @Test func whatChangesNothingDrawsNothing() async throws {
    let (_, terminal, loop) = try await loop()
    let before = terminal.frames.count
    loop.handle([.paste("text"), .unknown([0x1B]), .key(.function(9))])
    #expect(terminal.frames.count == before)
    loop.stop()
  }

  @Test func whatWasTypedBeforeADialogWasOnTheScreenNeverAnswersIt() async throws {
    let (test, terminal, loop) = try await loop()
    loop.handle([.key(.character("2"))])
    terminal.pendingInput = [.key(.character("y")), .key(.enter), .key(.character("q"))]
    loop.handle([.key(.character("D"))])
    #expect(terminal.pendingInput == [])
    #expect(test.console.layers.count == 1)
    #expect(terminal.frames.last?.text().contains("Remove Ada Lovelace from ") == true)
    await test.service.idle()
    #expect(test.service.transport.writes == [])
    loop.stop()
  }

  @Test func anEscThatWasTypedBeforeADialogWasOnTheScreenLeavesIt() async throws {
    let (test, terminal, loop) = try await loop()
    loop.handle([.key(.character("2"))])
    terminal.pendingInput = [.key(.escape), .keyBehindEscape(.character("y"))]
    loop.handle([.key(.character("D"))])
    #expect(terminal.frames.last?.text().contains("Remove Ada Lovelace from ") == false)
    loop.handle([.key(.character("y"))])
    await test.service.idle()
    #expect(test.service.transport.writes == [])
    loop.stop()
  }

  @Test func aQuestionThatTheTerminalHasNotTakenIsNotAnswered() async throws {
    let (test, terminal, loop) = try await loop()
    loop.handle([.key(.character("2"))])
    terminal.isStalled = true
    loop.handle([.key(.character("D"))])
    await test.service.idle()
    loop.handle([.key(.character("y"))])
    await test.service.idle()
    #expect(test.service.transport.writes == [])
    // The line works again, and takes the newest frame.
    terminal.isStalled = false
    loop.frameWasShown()
    loop.handle([.key(.function(9))])
    loop.handle([.key(.character("y"))])
    await test.service.idle()
    #expect(test.service.transport.writes.count == 1)
    loop.stop()
  }
}
