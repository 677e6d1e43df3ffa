import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct PanesTests {
  private func panes() async throws -> (WorkspaceUnderTest, Panes) {
    let service = try await WorkspaceUnderTest()
    await service.start(at: 3)
    return (service, Panes(service.workspace))
  }

  @Test func theFocusGoesRoundAndTheLastOfTheDetailsStaysBesideTheClouds() async throws {
    let (_, panes) = try await panes()
    panes.moveFocus(by: -1)
    #expect((panes.focus, panes.companion) == (3, 3))
    panes.moveFocus(by: 1)
    #expect((panes.focus, panes.companion) == (0, 3))
    panes.setFocus(5)
    #expect(panes.focus == 0)
  }

  /// Going round must not start a sweep that nobody asked for.
  @Test func thePeopleAreOpenedByTheirKeyAloneAndLeadBack() async throws {
    let (service, panes) = try await panes()
    for _ in 0..<8 { panes.moveFocus(by: 1) }
    #expect(!service.workspace.people.isSweeping)
    panes.setFocus(2)
    panes.setFocus(Panes.people)
    #expect(panes.showsPeople && service.workspace.people.isSweeping)
    panes.moveFocus(by: 1)
    #expect(panes.focus == 2)
    await service.idle()
  }

  @Test(arguments: ["users": 1, "u": 1, "i": 2, "processors": 3]) func aPaneIsFoundByItsName(name: String, pane: Int)
    async throws
  {
    let (_, panes) = try await panes()
    #expect(panes.setFocus(named: name))
    #expect(panes.focus == pane)
  }

  @Test(arguments: ["", "x", "usersx"]) func aNameThatFitsNoneOrSeveralMovesNothing(name: String) async throws {
    let (_, panes) = try await panes()
    #expect(!panes.setFocus(named: name))
    #expect(panes.focus == 0)
  }

  @Test func whatIsTypedFiltersAtOnceAndAnotherPaneEndsIt() async throws {
    let (_, panes) = try await panes()
    panes.openFilter()
    panes.type(.key(.character("a")))
    panes.type(.paste("lma"))
    #expect(panes.table.filter.text == "alma")
    panes.type(.key(.backspace))
    #expect(panes.filterEditor?.text == "alm")
    panes.setFocus(1)
    #expect(panes.filterEditor == nil)
    #expect(panes.workspace.clouds.filter.text == "alm")
  }

  @Test func enterKeepsAFilterAndEscClearsIt() async throws {
    let (_, panes) = try await panes()
    for (key, text) in [(Key.enter, "alma"), (.tab, "alma"), (.escape, ""), (.control("c"), "")] {
      panes.openFilter()
      panes.type(.paste(panes.table.filter.text.isEmpty ? "alma" : ""))
      panes.type(.keyBehindEscape(key))
      #expect(panes.filterEditor == nil)
      #expect(panes.table.filter.text == text)
    }
  }

  @Test func aPaneThatGoesTakesItsFilterAlongAndLeavesTheFocusToItsNeighbour() async throws {
    let service = try await WorkspaceUnderTest(edition: .current, said: .auto)
    let panes = Panes(service.workspace)
    panes.setFocus(3)
    panes.openFilter()
    await service.start(at: 3)
    #expect(!service.workspace.hasProcessors)
    #expect((panes.focus, panes.companion) == (1, 1))
    #expect(panes.filterEditor == nil)
    panes.leaveMissing()
    #expect((panes.focus, panes.companion) == (1, 1))
  }

  @Test func anotherServiceIsShownFromItsBeginning() async throws {
    let (_, panes) = try await panes()
    panes.setFocus(2)
    panes.toggleZoom()
    panes.openFilter()
    panes.takeOver([2: PaneScroll.Place(rows: LineWindow(first: 1, capacity: 2, count: 9))])
    let other = try await WorkspaceUnderTest()
    panes.show(other.workspace)
    #expect(panes.workspace === other.workspace)
    #expect((panes.focus, panes.companion) == (0, 1))
    #expect(panes.filterEditor == nil)
    #expect(panes.scroll == PaneScroll())
    #expect(panes.isZoomed)
  }

  @Test func aPersonsLowBandwidthHoldsOnEachService() async throws {
    let (service, other) = (try await WorkspaceUnderTest(), try await WorkspaceUnderTest())
    let panes = Panes(service.workspace, isLowBandwidth: true)
    panes.show(other.workspace)
    #expect(service.workspace.isLowBandwidth && other.workspace.isLowBandwidth)
  }
}
