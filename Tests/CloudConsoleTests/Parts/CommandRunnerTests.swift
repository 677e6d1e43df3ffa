import CloudChanges
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct CommandRunnerTests {
  @Test func aCommandThatShowsSomethingOpensOneLayer() async throws {
    let parts = try await PartsUnderTest()
    let layers: [(Command, any Layer.Type)] = [
      (.open, RecordLayer.self), (.sizes, SizesLayer.self), (.palette, PaletteLayer.self), (.help, HelpLayer.self),
      (.log, LogLayer.self), (.copy, CopyLayer.self), (.copyCommand, CopyLayer.self), (.services, ServicesLayer.self),
      (.create, FormLayer.self), (.edit, FormLayer.self), (.invite, FormLayer.self), (.delete, QuestionLayer.self),
    ]
    for (command, type) in layers {
      parts.commands.run(command)
      #expect(parts.layers.count == 1)
      #expect(parts.layers.last.map { Swift.type(of: $0.layer) == type } == true, "\(command)")
      parts.layers.removeAll()
    }
    await parts.service.idle()
    #expect(parts.service.transport.writes == [])
  }

  @Test func whatIsRefusedSaysWhyAndDoesNothing() async throws {
    let parts = try await PartsUnderTest()
    parts.commands.run(.unmark)
    #expect(parts.notice == "Nothing is marked.")
    parts.commands.run(.resend)
    #expect(parts.notice != nil && parts.notice != "Nothing is marked.")
    #expect(parts.layers.isEmpty)
  }

  @Test func backTakesTheMessageThenTheFilterThenTheMarks() async throws {
    let parts = try await PartsUnderTest()
    parts.panes.table.filter(by: "a")
    parts.panes.table.toggleMark()
    parts.panes.context.notices.say(.failure, "It failed.")
    parts.commands.run(.back)
    #expect(parts.notice == nil)
    #expect(!parts.panes.table.filter.isEmpty)
    parts.commands.run(.back)
    #expect(parts.panes.table.filter.isEmpty)
    #expect(parts.panes.table.markedCount == 1)
    parts.commands.run(.back)
    #expect(parts.panes.table.markedCount == 0)
  }

  @Test func whatConcernsTheTerminalIsAskedOfIt() async throws {
    let parts = try await PartsUnderTest()
    var quits = 0
    parts.commands.onQuit = { quits += 1 }
    parts.commands.run(.redraw)
    parts.commands.run(.quit)
    #expect((parts.terminal.repaints, quits) == (1, 1))
    parts.commands.run(.suspend)
    #expect(parts.notice == nil)
    parts.terminal.hasShell = false
    parts.commands.run(.suspend)
    #expect(parts.notice == "There is no shell to return to.")
  }
}
