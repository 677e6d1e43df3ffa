import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of the automatic refresh, the editor and the switch between services, each without the rest of a console.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct BackgroundPartsTests {
  private static let interval = Duration.seconds(30)

  private var refreshing: Workspace.Settings {
    var settings = Workspace.Settings.immediate
    settings.refreshInterval = Self.interval
    return settings
  }

  @Test func nothingIsReadAgainUnderALayer() async throws {
    let parts = try await PartsUnderTest(settings: refreshing)
    parts.panes.setFocus(1)
    parts.layers.open(WaitingLayer(title: "Wait", text: ""))
    parts.refresh.start()
    let asOf = parts.panes.table.status.asOf
    for _ in 0..<2 {
      await parts.service.clock.waitForRest(of: Self.interval)
      parts.service.now += 30
      parts.service.clock.advance(by: Self.interval)
      await parts.service.clock.waitForRest(of: Self.interval)
      await parts.service.idle()
    }
    #expect(parts.panes.table.status.asOf == asOf)
    parts.refresh.stop()
    #expect(parts.service.clock.rests == [])
  }

  @Test func theEditorHasTheTerminalUntilItEnds() async throws {
    let parts = try await PartsUnderTest()
    var wasEditing = false
    parts.terminal.editing = { [parts] in
      wasEditing = parts.documents.isEditing
      return $0
    }
    parts.documents.edit(about: .selected)
    #expect(parts.layers.last?.layer is WaitingLayer)
    await parts.service.idle()
    #expect(wasEditing)
    #expect(!parts.documents.isEditing)
    #expect(parts.layers.last?.layer.isFinished == true)
    #expect(parts.terminal.discarded == 1)
  }

  @Test func whatIsOpenWhereThePersonLeftIsStillCounted() async throws {
    let parts = try await PartsUnderTest()
    let change = parts.serviceSwitch
    #expect(change.openChanges.unanswered.isEmpty)
    await parts.service.fail(.post, "/cloud", with: .noAnswer(carriedOut: true))
    let form = try #require(parts.panes.table.actions.creationForm())
    form.set(.text("Left"), for: "name")
    form.submit()
    await parts.service.until { change.openChanges.unanswered.count == 1 }
    change.askForFirst {}
    let layer = try #require(parts.layers.last?.layer)
    _ = layer.handle(.key(.control("t")))
    let old = parts.service
    await old.until { parts.panes.workspace !== old.workspace }
    #expect(parts.layers.isEmpty)
    #expect(change.openChanges.unanswered.count == 1)
    #expect(parts.panes.context.notices.current?.text.hasPrefix("Not answered, its outcome is unknown: ") == true)
  }
}
